package dev.caravan.job;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads job records and makes their keys. {@link JobWriter} writes them. */
public final class Jobs {
    private static final String RECORD = "job";

    private final Records records;
    private final Tables tables;

    public Jobs(Records records, Tables tables) {
        this.records = records;
        this.tables = tables;
    }

    public Optional<Job> find(String jobId) {
        return records.get(tables.jobs(), key(jobId)).map(Jobs::read);
    }

    /** The ids of all jobs of an asset, newest first. The index may lag by a moment. */
    public List<String> ofAsset(String assetId) {
        return all(
                QueryRequest.builder()
                        .tableName(tables.jobs())
                        .indexName(Tables.BY_ASSET)
                        .keyConditionExpression("#asset = :asset")
                        .expressionAttributeNames(Map.of("#asset", JobFields.ASSET_ID))
                        .expressionAttributeValues(Items.attributes(Map.of(":asset", assetId)))
                        .scanIndexForward(false),
                JobFields.JOB_ID);
    }

    /** The names of the items of a job's history, oldest first. */
    public List<String> historyOf(String jobId) {
        return all(
                QueryRequest.builder()
                        .tableName(tables.jobs())
                        .keyConditionExpression("#job = :job AND begins_with(#item, :history)")
                        .projectionExpression("#item")
                        .expressionAttributeNames(Map.of("#job", JobFields.JOB_ID, "#item", JobFields.ITEM))
                        .expressionAttributeValues(Items.attributes(Map.of(":job", jobId, ":history", History.PREFIX)))
                        .consistentRead(true),
                JobFields.ITEM);
    }

    /** One attribute of all items that a query finds, page by page. */
    private List<String> all(QueryRequest.Builder request, String attribute) {
        List<String> found = new ArrayList<>();
        QueryResponse page;
        do {
            page = records.query(request.build());
            page.items().forEach(item -> found.add(item.get(attribute).s()));
            request.exclusiveStartKey(page.lastEvaluatedKey());
        } while (page.hasLastEvaluatedKey());
        return found;
    }

    public static Map<String, Object> key(String jobId) {
        return itemKey(jobId, RECORD);
    }

    /** The key of an item of the jobs table that is beside a job's record, or of a record of another kind. */
    public static Map<String, Object> itemKey(String jobId, String item) {
        return Map.of(JobFields.JOB_ID, jobId, JobFields.ITEM, item);
    }

    public static Job read(Map<String, AttributeValue> item) {
        return Json.convert(Items.map(item), Job.class);
    }

    /** The exception for a refused write: the run does not hold the job any more. */
    public static StepException fenced(String jobId, ConditionFailed refused) {
        Map<String, Object> found = Items.map(refused.found());
        return new StepException(
                new Failure(
                        "FENCED",
                        FailureKind.FENCED,
                        null,
                        "Job %s is in other hands: status %s, fence %s, worker %s"
                                .formatted(
                                        jobId,
                                        found.get(JobFields.STATUS),
                                        found.get(JobFields.FENCE),
                                        found.get(JobFields.WORKER)),
                        "Nothing: whoever holds it goes on.",
                        null),
                null,
                refused);
    }
}
