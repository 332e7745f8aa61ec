package dev.caravan.stats;

import dev.caravan.job.JobFields;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Computes the throughput of pipelines from slots of all processes: thirteen of five minutes for the last hour, twenty-five
 * of an hour for the last day, for each pipeline with ended jobs. So a period is up to one slot longer than its name.
 */
public final class Throughput {
    /** The maximum error of a percentile, in percent. */
    public static final double PRECISION = Durations.PRECISION;

    private final Records records;
    private final Tables tables;
    private final Clock clock;

    public Throughput(Records records, Tables tables, Clock clock) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
    }

    /** Returns the speeds by pipeline, only of pipelines with ended jobs. */
    public Map<String, PipelineSpeed> lastHour() {
        return over(SlotLength.FIVE_MINUTES, Duration.ofHours(1));
    }

    /** Returns the speeds by pipeline, only of pipelines with ended jobs. */
    public Map<String, PipelineSpeed> lastDay() {
        return over(SlotLength.HOUR, Duration.ofDays(1));
    }

    private Map<String, PipelineSpeed> over(SlotLength span, Duration length) {
        Instant now = clock.instant();
        Instant since = span.start(now).minus(length);
        Map<String, FinishedJobs> ended = new TreeMap<>();
        QueryRequest request = request(span, since, now);
        while (request != null) {
            QueryResponse page = records.query(request);
            page.items().forEach(item -> add(ended, item));
            request = page.hasLastEvaluatedKey()
                    ? request.toBuilder()
                            .exclusiveStartKey(page.lastEvaluatedKey())
                            .build()
                    : null;
        }
        Map<String, PipelineSpeed> paces = new TreeMap<>();
        ended.forEach((pipeline, all) -> paces.put(pipeline, PipelineSpeed.of(all, since, now)));
        return paces;
    }

    private static void add(Map<String, FinishedJobs> ended, Map<String, AttributeValue> item) {
        ended.computeIfAbsent(item.get("pipeline").s(), unknown -> new FinishedJobs())
                .add(FinishedJobs.read(Items.map(item)));
    }

    /** Excludes a slot that began at {@code to}: its key sorts after the bare time. */
    private QueryRequest request(SlotLength span, Instant from, Instant to) {
        return QueryRequest.builder()
                .tableName(tables.jobs())
                .keyConditionExpression(JobFields.JOB_ID + " = :slots AND #item BETWEEN :from AND :to")
                .expressionAttributeNames(Map.of("#item", JobFields.ITEM))
                .expressionAttributeValues(Items.attributes(Map.of(
                        ":slots", span.partition(), ":from", Timestamps.of(from), ":to", Timestamps.of(to) + "~")))
                .build();
    }
}
