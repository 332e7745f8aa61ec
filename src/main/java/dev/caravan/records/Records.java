package dev.caravan.records;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Reads records and writes them conditionally. A conflict with another transaction is retried; a condition that does not
 * hold is thrown as {@link ConditionFailed}.
 */
public final class Records {
    private static final int TRIES = 12;
    /** Maximum bytes of a partition key, and of a sort key (Amazon DynamoDB Developer Guide, "Quotas", keys). */
    private static final int MAX_KEY = 2048;

    private static final int MAX_SORT_KEY = 1024;

    private final DynamoDbClient dynamo;
    private final UnaryOperator<List<TransactWriteItem>> more;
    private final Consumer<List<TransactWriteItem>> written;

    public Records(DynamoDbClient dynamo) {
        this(dynamo, parts -> {});
    }

    /** @param written receives the parts of each transaction once it is written; must neither wait nor fail */
    public Records(DynamoDbClient dynamo, Consumer<List<TransactWriteItem>> written) {
        this(dynamo, UnaryOperator.identity(), written);
    }

    /** @param more adds parts after those of a transaction */
    public Records(
            DynamoDbClient dynamo,
            UnaryOperator<List<TransactWriteItem>> more,
            Consumer<List<TransactWriteItem>> written) {
        this.dynamo = dynamo;
        this.more = more;
        this.written = written;
    }

    /** Returns the item, read consistently; none for a key that DynamoDB would refuse, as ids come from clients. */
    public Optional<Map<String, AttributeValue>> get(String table, Map<String, ?> key) {
        if (!canBeKey(key)) {
            return Optional.empty();
        }
        var answer = dynamo.getItem(GetItemRequest.builder()
                .tableName(table)
                .key(Items.attributes(key))
                .consistentRead(true)
                .build());
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    /** Returns the items that exist, read consistently, in few calls. */
    public List<Map<String, AttributeValue>> get(String table, List<? extends Map<String, ?>> keys) {
        return new BatchRead(dynamo)
                .get(table, keys.stream().filter(Records::canBeKey).toList());
    }

    /** Returns whether DynamoDB accepts a key: none of its parts is empty or too long. */
    public static boolean canBeKey(Map<String, ?> key) {
        int most = key.size() > 1 ? MAX_SORT_KEY : MAX_KEY;
        return key.values().stream()
                .filter(String.class::isInstance)
                .map(part -> ((String) part).getBytes(StandardCharsets.UTF_8).length)
                .allMatch(bytes -> bytes > 0 && bytes <= most);
    }

    /** Reads one page of a query; expressions are the caller's. */
    public QueryResponse query(QueryRequest request) {
        return dynamo.query(request);
    }

    /** Makes one conditional update; returns the whole item after it. */
    public Map<String, AttributeValue> update(Write write) {
        try {
            return dynamo.updateItem(
                            write.request().returnValues(ReturnValue.ALL_NEW).build())
                    .attributes();
        } catch (ConditionalCheckFailedException e) {
            throw new ConditionFailed(0, e.item(), e);
        }
    }

    /** Writes all of the parts or none. */
    public void write(List<TransactWriteItem> given) {
        List<TransactWriteItem> parts = more.apply(given);
        for (int attempt = 1; ; attempt++) {
            try {
                // One token per attempt: DynamoDB answers a repeated token with the first outcome, and a
                // cancelled transaction must really run again. The SDK's retries inside an attempt cover lost
                // answers.
                dynamo.transactWriteItems(TransactWriteItemsRequest.builder()
                        .transactItems(parts)
                        .clientRequestToken(UUID.randomUUID().toString())
                        .build());
                break;
            } catch (TransactionCanceledException e) {
                failOnCondition(e);
                if (attempt == TRIES) {
                    throw e;
                }
                pause(attempt);
            }
        }
        written.accept(parts);
    }

    private static void failOnCondition(TransactionCanceledException e) {
        List<CancellationReason> reasons = e.cancellationReasons();
        for (int i = 0; i < reasons.size(); i++) {
            if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
                throw new ConditionFailed(i, reasons.get(i).item(), e);
            }
        }
        boolean conflict = reasons.stream()
                .anyMatch(reason -> List.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded")
                        .contains(reason.code()));
        if (!conflict) {
            throw e;
        }
    }

    /** Returns a wait with full jitter, up to 10 ms doubled per attempt, at most 640 ms. */
    private static void pause(int attempt) {
        long bound = 10L << Math.min(attempt, 6);
        LockSupport.parkNanos(1_000_000L * (1 + ThreadLocalRandom.current().nextLong(bound)));
    }
}
