package dev.caravan.replicate;

import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.json.Json;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Remembers the received webhooks with their answers: beside the jobs, for longer than any sender retries. */
final class SeenWebhooks {
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Records records;
    private final Tables tables;
    private final Clock clock;

    SeenWebhooks(Records records, Tables tables, Clock clock) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
    }

    /** Returns the answer to the webhook when it came before. */
    Optional<Map<String, Object>> find(String webhookId) {
        return records.get(tables.jobs(), key(webhookId)).map(SeenWebhooks::answer);
    }

    static Map<String, Object> answer(Map<String, AttributeValue> item) {
        return Json.toMap(Items.map(item).get("answer"));
    }

    /** Returns the part of a transaction that fails when the webhook was received before. */
    TransactWriteItem note(String webhookId, Map<String, Object> answer) {
        Map<String, Object> item = new HashMap<>(key(webhookId));
        item.put("answer", answer);
        item.put(Tables.EXPIRES, clock.instant().plus(REMEMBERED).getEpochSecond());
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(tables.jobs())
                        .item(Items.attributes(item))
                        .conditionExpression("attribute_not_exists(" + JobFields.JOB_ID + ")")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .build();
    }

    private static Map<String, Object> key(String webhookId) {
        return Jobs.itemKey("webhook#" + hash(webhookId), "webhook");
    }

    private static String hash(String text) {
        return DigestUtils.sha256Hex(text);
    }
}
