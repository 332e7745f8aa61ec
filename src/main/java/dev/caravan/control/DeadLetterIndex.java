package dev.caravan.control;

import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads the dead letters by pipeline and time. */
public final class DeadLetterIndex {
    private static final Map<String, Object> KNOWN = Jobs.itemKey("dead-letters", "pipelines");
    private static final String NAMES = "names";

    private final Records records;
    private final Tables tables;
    private final Clock clock;

    public DeadLetterIndex(Records records, Tables tables, Clock clock) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
    }

    /** Remembers pipelines, so that their dead letters are found after the pipelines are removed. */
    public void know(Collection<String> pipelines) {
        if (!pipelines().containsAll(pipelines)) {
            records.update(Write.to(tables.jobs(), KNOWN).add(NAMES, Set.copyOf(pipelines)));
        }
    }

    /** All pipelines that ever existed, in the order of their names. */
    public Set<String> pipelines() {
        Set<String> names = new TreeSet<>();
        records.get(tables.jobs(), KNOWN).map(item -> item.get(NAMES)).ifPresent(known -> names.addAll(known.ss()));
        return names;
    }

    /** The pipelines that {@code filter} may match. */
    public List<String> pipelines(DeadLetterFilter filter) {
        return filter.pipeline() == null ? List.copyOf(pipelines()) : List.of(filter.pipeline());
    }

    /** Reads page by page, as far as the iterator is used; dead letters of the same time are in no order. */
    public Iterator<DeadLetter> newestFirst(String pipeline, DeadLetterFilter filter, int page) {
        return read(pipeline, filter, false, page);
    }

    Iterator<DeadLetter> oldestFirst(String pipeline, DeadLetterFilter filter, int page) {
        return read(pipeline, filter, true, page);
    }

    /** Leaves out expired dead letters, which DynamoDB removes only after some time. */
    private Iterator<DeadLetter> read(String pipeline, DeadLetterFilter filter, boolean forward, int page) {
        if (filter.first().compareTo(filter.last()) > 0) {
            return List.<DeadLetter>of().iterator();
        }
        QueryRequest request = request(pipeline, filter).toBuilder()
                .scanIndexForward(forward)
                .limit(page)
                .build();
        long now = clock.instant().getEpochSecond();
        return Stream.iterate(records.query(request), answer -> answer != null, answer -> next(request, answer))
                .flatMap(answer -> answer.items().stream())
                .map(DeadLetter::read)
                .filter(letter -> letter.expiresAt() == null || letter.expiresAt() > now)
                .iterator();
    }

    private QueryResponse next(QueryRequest request, QueryResponse answer) {
        return answer.hasLastEvaluatedKey()
                ? records.query(request.toBuilder()
                        .exclusiveStartKey(answer.lastEvaluatedKey())
                        .build())
                : null;
    }

    private QueryRequest request(String pipeline, DeadLetterFilter filter) {
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>(
                Items.attributes(Map.of(":pipeline", pipeline, ":first", filter.first(), ":last", filter.last())));
        StringBuilder expression = new StringBuilder();
        filter.attributes().forEach((name, value) -> {
            String n = String.valueOf(names.size());
            names.put("#f" + n, name);
            values.put(":f" + n, Items.attribute(value));
            expression.append(expression.isEmpty() ? "" : " AND ").append("#f" + n + " = :f" + n);
        });
        return QueryRequest.builder()
                .tableName(tables.jobs())
                .indexName(Tables.DEAD)
                .keyConditionExpression("%s = :pipeline AND %s BETWEEN :first AND :last"
                        .formatted(JobFields.DEAD, JobFields.FINISHED_AT))
                .filterExpression(expression.isEmpty() ? null : expression.toString())
                .expressionAttributeNames(names.isEmpty() ? null : names)
                .expressionAttributeValues(values)
                .build();
    }
}
