package dev.caravan.records;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads many items of one table in few calls. */
public final class BatchRead {
    /** DynamoDB's own limit for one BatchGetItem. */
    private static final int MAX_KEYS = 100;

    private static final long PAUSE_NANOS = 20_000_000;

    private final DynamoDbClient dynamo;

    public BatchRead(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
    }

    /** Returns the items that exist, in the order of {@code keys}, read consistently. */
    public List<Map<String, AttributeValue>> get(String table, List<? extends Map<String, ?>> keys) {
        List<Map<String, AttributeValue>> wanted =
                keys.stream().map(Items::attributes).toList();
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new HashMap<>();
        for (int from = 0; from < wanted.size(); from += MAX_KEYS) {
            List<Map<String, AttributeValue>> part = wanted.subList(from, Math.min(wanted.size(), from + MAX_KEYS));
            read(table, part).forEach(item -> found.put(keyOf(item, part.get(0)), item));
        }
        return wanted.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** Asks again for what DynamoDB leaves unread because the answer grew too large or it is busy. */
    private List<Map<String, AttributeValue>> read(String table, List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, KeysAndAttributes> open = Map.of(
                table,
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
        while (!open.isEmpty()) {
            BatchGetItemResponse answer = dynamo.batchGetItem(
                    BatchGetItemRequest.builder().requestItems(open).build());
            items.addAll(answer.responses().getOrDefault(table, List.of()));
            open = answer.unprocessedKeys();
            if (!open.isEmpty()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return items;
    }

    private static Map<String, AttributeValue> keyOf(
            Map<String, AttributeValue> item, Map<String, AttributeValue> likeThis) {
        Map<String, AttributeValue> key = new HashMap<>(item);
        key.keySet().retainAll(likeThis.keySet());
        return key;
    }
}
