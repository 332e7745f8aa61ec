package dev.caravan.control;

import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.json.Json;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Stores the redrives, all under one key: there are few, and those that run must be found. */
final class RedriveRecords {
    private static final String KEY = "redrives";
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Records records;
    private final Tables tables;

    RedriveRecords(Records records, Tables tables) {
        this.records = records;
        this.tables = tables;
    }

    Optional<Redrive> find(String id) {
        return records.get(tables.jobs(), key(id)).map(Redrive::read);
    }

    void create(Redrive redrive) {
        Map<String, Object> item = Json.toMap(redrive);
        item.putAll(key(redrive.redriveId()));
        records.write(List.of(TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(tables.jobs())
                        .item(Items.attributes(item))
                        .conditionExpression("attribute_not_exists(" + JobFields.JOB_ID + ")")
                        .build())
                .build()));
    }

    List<Redrive> running() {
        List<Redrive> running = new ArrayList<>();
        QueryRequest request = QueryRequest.builder()
                .tableName(tables.jobs())
                .keyConditionExpression(JobFields.JOB_ID + " = :key")
                .filterExpression("#status = :running")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(Items.attributes(Map.of(":key", KEY, ":running", Redrive.RUNNING)))
                .build();
        QueryResponse page;
        do {
            page = records.query(request);
            page.items().forEach(item -> running.add(Redrive.read(item)));
            request = request.toBuilder()
                    .exclusiveStartKey(page.lastEvaluatedKey())
                    .build();
        } while (page.hasLastEvaluatedKey());
        return running;
    }

    /** Writes the step from one state to the next, which only one process can make. */
    Write step(Redrive before, Redrive after) {
        Write write = Write.to(tables.jobs(), key(before.redriveId()))
                .where("revision", before.revision())
                .set("revision", after.revision())
                .set("status", after.status())
                .set("retried", after.retried())
                .set("refused", after.refused())
                .set("refusals", after.refusals())
                .set("next_due_at", after.nextDueAt())
                .set("cursor", after.cursor())
                .set("finished_at", after.finishedAt());
        return after.done()
                ? write.set(
                        Tables.EXPIRES,
                        Instant.parse(after.finishedAt()).plus(REMEMBERED).getEpochSecond())
                : write;
    }

    private static Map<String, Object> key(String id) {
        return Jobs.itemKey(KEY, "redrive#" + id);
    }
}
