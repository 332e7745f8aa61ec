package dev.caravan.stats;

import dev.caravan.job.JobFields;
import dev.caravan.job.PipelineAndPriority;
import dev.caravan.job.Priority;
import dev.caravan.json.Json;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.work.WorkerRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads the worker processes and what they run: in one query, for any number of jobs. */
public final class Workers {
    private static final Comparator<WorkerRecord> BY_NAME =
            Comparator.comparing(WorkerRecord::name).thenComparing(WorkerRecord::startedAt);

    private final Records records;
    private final Tables tables;
    private final WorkerLiveness workerLiveness;

    public Workers(Records records, Tables tables, Clock clock, LongSupplier nanoTime) {
        this.records = records;
        this.tables = tables;
        this.workerLiveness = new WorkerLiveness(clock, nanoTime);
    }

    /** Returns the workers with a heartbeat within the last 30 seconds, by name. */
    public List<WorkerRecord> alive() {
        return workerLiveness.alive(listed());
    }

    /** Returns all workers with a record, including those that died in the last hour. */
    public List<WorkerRecord> listed() {
        List<WorkerRecord> workers = new ArrayList<>();
        QueryRequest request = QueryRequest.builder()
                .tableName(tables.jobs())
                .keyConditionExpression(JobFields.JOB_ID + " = :workers")
                .expressionAttributeValues(Items.attributes(Map.of(":workers", WorkerRecord.PARTITION)))
                .consistentRead(true)
                .build();
        while (request != null) {
            QueryResponse page = records.query(request);
            page.items().forEach(item -> workers.add(read(item)));
            request = page.hasLastEvaluatedKey()
                    ? request.toBuilder()
                            .exclusiveStartKey(page.lastEvaluatedKey())
                            .build()
                    : null;
        }
        workers.sort(BY_NAME);
        return workers;
    }

    /** Counts the jobs that these workers run, by kind. */
    static Map<PipelineAndPriority, Long> running(List<WorkerRecord> workers) {
        Map<PipelineAndPriority, Long> running = new TreeMap<>();
        workers.stream()
                .flatMap(worker -> worker.running().stream())
                .forEach(run -> running.merge(
                        new PipelineAndPriority(run.pipeline(), Priority.nearest(run.priority())), 1L, Long::sum));
        return running;
    }

    private static WorkerRecord read(Map<String, AttributeValue> item) {
        return Json.convert(Items.map(item), WorkerRecord.class);
    }
}
