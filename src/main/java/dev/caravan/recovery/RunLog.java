package dev.caravan.recovery;

import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Stores the records of recovery's runs, beside the jobs. Runs that did nothing leave none; the lease's record counts them.
 */
final class RunLog {
    private static final String PARTITION = "recovery";

    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final Duration kept;

    RunLog(Records records, Tables tables, Clock clock, Duration kept) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.kept = kept;
    }

    /**
     * Writes the record of one run.
     *
     * @param by who asked for it, or the reconciler's name
     * @return its id
     */
    String write(String by, Instant started, Map<String, TaskReport> reports) {
        String id = Timestamps.of(started) + "#" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, Object> duties = new LinkedHashMap<>();
        reports.forEach((name, report) -> duties.put(name, report.view()));
        records.update(Write.to(tables.jobs(), Jobs.itemKey(PARTITION, "run#" + id))
                .set("id", id)
                .set("by", by)
                .set("started", Timestamps.of(started))
                .set("ended", Timestamps.now(clock))
                .set("duties", duties)
                .set(Tables.EXPIRES, clock.instant().plus(kept).getEpochSecond()));
        return id;
    }

    /** The newest runs, newest first. */
    List<Map<String, Object>> newest(int most) {
        return records
                .query(QueryRequest.builder()
                        .tableName(tables.jobs())
                        .keyConditionExpression(JobFields.JOB_ID + " = :runs AND begins_with(#item, :run)")
                        .expressionAttributeNames(Map.of("#item", JobFields.ITEM))
                        .expressionAttributeValues(Items.attributes(Map.of(":runs", PARTITION, ":run", "run#")))
                        .scanIndexForward(false)
                        .limit(most)
                        .build())
                .items()
                .stream()
                .map(Items::map)
                .map(RunLog::shown)
                .toList();
    }

    private static Map<String, Object> shown(Map<String, Object> item) {
        Map<String, Object> run = new LinkedHashMap<>(item);
        run.keySet().removeAll(List.of(JobFields.JOB_ID, JobFields.ITEM, Tables.EXPIRES));
        return run;
    }
}
