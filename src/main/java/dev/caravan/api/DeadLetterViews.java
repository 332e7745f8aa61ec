package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.control.DeadLetterFilter;
import dev.caravan.control.DeadLetterIndex;
import dev.caravan.control.DeadLetters;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import dev.caravan.job.JobFields;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.records.BatchRead;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Lists dead letters, newest first; the bean {@code deadLetterViews} of the routes list-dead-letters and get-dead-letter.
 */
public final class DeadLetterViews {
    private final DeadLetterIndex index;
    private final DeadLetters letters;
    private final BatchRead batch;
    private final String table;

    DeadLetterViews(DeadLetterIndex index, DeadLetters letters, BatchRead batch, String table) {
        this.index = index;
        this.letters = letters;
        this.batch = batch;
        this.table = table;
    }

    /** @throws ProblemException {@code INVALID_LIMIT}, {@code INVALID_CURSOR}, {@code INVALID_TIME} */
    public Page list(Exchange exchange) {
        QueryString text = QueryString.of(exchange);
        ListQuery query = ListQuery.of(text, Map.of());
        List<Position> entries = entries(filter(name -> text.find(name).orElse(null)), query);
        List<Map<String, Object>> keys = entries.stream()
                .limit(query.limit())
                .map(entry -> Jobs.key(entry.id()))
                .toList();
        List<DeadLetterView> views = batch.get(table, keys).stream()
                .map(Jobs::read)
                .filter(job -> job.status() == JobStatus.FAILED)
                .map(DeadLetterView::of)
                .toList();
        return Page.of(views, entries, query.limit());
    }

    private List<Position> entries(DeadLetterFilter filter, ListQuery query) {
        DeadLetterFilter below =
                query.after() == null ? filter : filter.notAfter(query.after().createdAt());
        List<SameMillisecond<Position>> lists = index.pipelines(filter).stream()
                .map(pipeline -> index.newestFirst(pipeline, below, query.limit() + 1))
                .map(found -> new SameMillisecond<>(new DeadPositions(found)))
                .toList();
        return NewestFirst.merge(lists, query.after()).limit(query.limit() + 1L).toList();
    }

    /** Refuses a job that is not a dead letter. */
    public void check(@Header("job_id") String id) {
        letters.find(id);
    }

    /** @param value by name, as the query or the body has it; null if it has none */
    static DeadLetterFilter filter(Function<String, String> value) {
        return new DeadLetterFilter(
                value.apply(JobFields.PIPELINE),
                value.apply("code"),
                value.apply("step"),
                value.apply(JobFields.OWNER),
                value.apply(JobFields.ASSET_ID),
                time(value.apply("since"), QueryTime::first),
                time(value.apply("until"), QueryTime::last));
    }

    static DeadLetterFilter filter(JsonNode body) {
        return filter(name -> body.hasNonNull(name) ? body.get(name).asText() : null);
    }

    private static String time(String text, UnaryOperator<String> read) {
        return text == null ? null : read.apply(text);
    }
}
