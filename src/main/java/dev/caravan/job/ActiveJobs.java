package dev.caravan.job;

import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads the jobs that workers hold, consistently: at most as many as all workers together have places. */
public final class ActiveJobs {
    private final Jobs jobs;
    private final Records records;
    private final Tables tables;

    public ActiveJobs(Jobs jobs, Records records, Tables tables) {
        this.jobs = jobs;
        this.records = records;
        this.tables = tables;
    }

    public List<Job> all() {
        List<Job> active = new ArrayList<>();
        for (JobStatus status : List.of(JobStatus.PROCESSING, JobStatus.RETRYING)) {
            ids(status)
                    .forEach(id ->
                            jobs.find(id).filter(job -> job.lease() != null).ifPresent(active::add));
        }
        return active;
    }

    private List<String> ids(JobStatus status) {
        List<String> ids = new ArrayList<>();
        QueryRequest request = QueryRequest.builder()
                .tableName(tables.jobs())
                .indexName(Tables.BY_STATUS)
                .keyConditionExpression("#status = :status")
                .expressionAttributeNames(Map.of("#status", JobFields.STATUS))
                .expressionAttributeValues(Items.attributes(Map.of(":status", status.name())))
                .build();
        QueryResponse page;
        do {
            page = records.query(request);
            page.items().forEach(item -> ids.add(item.get(JobFields.JOB_ID).s()));
            request = request.toBuilder()
                    .exclusiveStartKey(page.lastEvaluatedKey())
                    .build();
        } while (page.hasLastEvaluatedKey());
        return ids;
    }
}
