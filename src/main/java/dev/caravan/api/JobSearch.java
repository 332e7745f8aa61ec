package dev.caravan.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.records.BatchRead;
import dev.caravan.records.Records;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * List and search of jobs; the bean {@code jobSearch} of the route list-jobs. A page looks at no more entries of an index
 * than its budget allows: it comes back short, and its cursor goes on from there.
 */
public final class JobSearch {
    static final Map<String, String> STATUSES = statuses();
    /** Records that are read at once, where only they can tell. */
    private static final int BATCH = 100;

    private final JobLists lists;
    private final Records records;
    private final BatchRead batch;
    private final String table;
    private final Function<Map<String, AttributeValue>, ObjectNode> view;
    private final int budget;

    /** @param budget entries that one page may look at */
    JobSearch(
            JobLists lists,
            Records records,
            BatchRead batch,
            String table,
            Function<Map<String, AttributeValue>, ObjectNode> view,
            int budget) {
        this.lists = lists;
        this.records = records;
        this.batch = batch;
        this.table = table;
        this.view = view;
        this.budget = budget;
    }

    private static Map<String, String> statuses() {
        Map<String, String> statuses = new LinkedHashMap<>();
        Stream.of(JobStatus.values())
                .forEach(status -> statuses.put(status.name().toLowerCase(Locale.ROOT), status.name()));
        return statuses;
    }

    /**
     * @return a page
     * @throws ProblemException when the query cannot be understood
     */
    public SearchPage list(Exchange exchange) {
        SearchQuery query = SearchQuery.of(QueryString.of(exchange), STATUSES);
        JobFilter filter = JobFilter.of(query);
        if (query.id() != null) {
            return only(record(query.id()).filter(filter::shows));
        }
        Optional<Map<String, AttributeValue>> named = query.text() == null ? Optional.empty() : record(query.text());
        return named.isPresent() ? only(named.filter(filter.ofAnyName()::shows)) : walk(query, filter);
    }

    private Optional<Map<String, AttributeValue>> record(String id) {
        return records.get(table, Jobs.key(id));
    }

    private SearchPage only(Optional<Map<String, AttributeValue>> job) {
        return new SearchPage(job.map(view).stream().toList(), null, true, 1);
    }

    private SearchPage walk(SearchQuery query, JobFilter filter) {
        int most = Math.max(budget, query.limit());
        JobList list = lists.of(query, filter.isNarrow() ? most / 4 : query.limit() + 1);
        List<ObjectNode> found = new ArrayList<>();
        Entry last = null;
        boolean more = list.entries().hasNext();
        int searched = 0;
        while (more && found.size() < query.limit() && searched < most) {
            List<Entry> looked = new ArrayList<>();
            Map<String, Entry> candidates = new LinkedHashMap<>();
            int wanted = filter.needsRecords() ? BATCH : query.limit() - found.size();
            while (candidates.size() < wanted
                    && searched + looked.size() < most
                    && list.entries().hasNext()) {
                Entry entry = list.entries().next();
                looked.add(entry);
                if (filter.mayShow(entry.item())) {
                    candidates.put(entry.id(), entry);
                }
            }
            last = looked.get(looked.size() - 1);
            more = list.entries().hasNext();
            for (Map<String, AttributeValue> job :
                    read(candidates.keySet().stream().toList())) {
                if (filter.shows(job)) {
                    found.add(view.apply(job));
                    if (found.size() == query.limit()) {
                        Entry full = candidates.get(job.get("job_id").s());
                        more |= full != last;
                        last = full;
                        break;
                    }
                }
            }
            searched += looked.size();
        }
        boolean complete = !more || found.size() == query.limit();
        return new SearchPage(found, more ? list.cursor().apply(last) : null, complete, searched);
    }

    private List<Map<String, AttributeValue>> read(List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : batch.get(table, ids.stream().map(Jobs::key).toList());
    }
}
