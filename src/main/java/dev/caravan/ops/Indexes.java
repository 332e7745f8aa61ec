package dev.caravan.ops;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Adds missing indexes to existing tables: an upgrade may need new ones. Indexes other than Caravan's are left alone. */
final class Indexes {
    /** DynamoDB takes minutes to fill an index of a large table. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final DynamoDbClient dynamo;
    private final Duration pause;

    /** @param pause between two checks of an index that is being created */
    Indexes(DynamoDbClient dynamo, Duration pause) {
        this.dynamo = dynamo;
        this.pause = pause;
    }

    /** Returns the indexes that the table lacks or that cannot be queried yet. */
    List<String> missing(CreateTableRequest wanted) {
        Set<String> active = indexes(wanted.tableName(), true);
        return names(wanted).filter(name -> !active.contains(name)).toList();
    }

    /** Adds the missing indexes, one after the other, waits until they can be queried, and returns their names. */
    List<String> create(CreateTableRequest wanted) {
        Set<String> there = indexes(wanted.tableName(), false);
        List<String> made = new ArrayList<>();
        for (GlobalSecondaryIndex index : wanted.globalSecondaryIndexes()) {
            if (!there.contains(index.indexName())) {
                awaitActive(wanted.tableName());
                dynamo.updateTable(Schema.adding(wanted.tableName(), index));
                made.add(index.indexName());
            }
        }
        awaitActive(wanted.tableName());
        return made;
    }

    private static Stream<String> names(CreateTableRequest table) {
        return table.globalSecondaryIndexes().stream().map(GlobalSecondaryIndex::indexName);
    }

    private Set<String> indexes(String table, boolean onlyActive) {
        return described(table).globalSecondaryIndexes().stream()
                .filter(index -> !onlyActive || usable(index))
                .map(GlobalSecondaryIndexDescription::indexName)
                .collect(Collectors.toSet());
    }

    private void awaitActive(String table) {
        Waiter.builder(DescribeTableResponse.class)
                .overrideConfiguration(waiting -> waiting.waitTimeout(PATIENCE)
                        .maxAttempts(Integer.MAX_VALUE)
                        .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(pause)))
                .acceptors(List.of(
                        WaiterAcceptor.successOnResponseAcceptor(answer -> active(answer.table())),
                        WaiterAcceptor.retryOnResponseAcceptor(answer -> true)))
                .build()
                .run(() -> dynamo.describeTable(request -> request.tableName(table)));
    }

    private static boolean active(TableDescription table) {
        return table.tableStatus() == TableStatus.ACTIVE
                && table.globalSecondaryIndexes().stream().allMatch(Indexes::usable);
    }

    private static boolean usable(GlobalSecondaryIndexDescription index) {
        return index.indexStatus() == IndexStatus.ACTIVE || index.indexStatus() == IndexStatus.UPDATING;
    }

    private TableDescription described(String table) {
        return dynamo.describeTable(request -> request.tableName(table)).table();
    }
}
