package dev.caravan.intake;

import dev.caravan.failure.Refusal;
import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.records.Items;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Remembers for a day the requests that were accepted with an idempotency key, in items beside the jobs. */
final class IdempotencyKeys {
    static final Duration REMEMBERED = Duration.ofHours(24);

    private final Tables tables;
    private final Clock clock;

    IdempotencyKeys(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** The part of the acceptance that fails when the key was used within the last day. */
    TransactWriteItem remember(IdempotencyKey key, Intake.Accepted accepted) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.putAll(Jobs.itemKey("idempotency#" + key.id(), "idempotency"));
        item.put("request", key.request());
        item.put("asset", accepted.assetId());
        item.put("jobs", accepted.jobs());
        item.put(Tables.EXPIRES, clock.instant().plus(REMEMBERED).getEpochSecond());
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(tables.jobs())
                        .item(Items.attributes(item))
                        // DynamoDB removes expired items within days, not immediately.
                        .conditionExpression(
                                "attribute_not_exists(" + JobFields.JOB_ID + ") OR " + Tables.EXPIRES + " <= :now")
                        .expressionAttributeValues(
                                Items.attributes(Map.of(":now", clock.instant().getEpochSecond())))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .build();
    }

    /** The result of the first request. */
    Intake.Accepted repeated(IdempotencyKey key, Map<String, AttributeValue> found) {
        Map<String, Object> item = Items.map(found);
        if (!key.request().equals(item.get("request"))) {
            throw new Refusal(
                    "IDEMPOTENCY_KEY_REUSED",
                    "This Idempotency-Key was used for another request within the last 24 hours",
                    "Use a key of its own for each request; repeat a request with exactly the same content.");
        }
        List<String> jobs =
                ((List<?>) item.get("jobs")).stream().map(String::valueOf).toList();
        return new Intake.Accepted(String.valueOf(item.get("asset")), jobs, true);
    }
}
