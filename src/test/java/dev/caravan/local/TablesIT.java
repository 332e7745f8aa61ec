package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The parts of DynamoDB that durable jobs are made of. */
class TablesIT {
    private static final String TABLE = "tables-it";

    private final Clients clients = Clients.ofSharedCloud();
    private final DynamoDbClient tables = clients.dynamoDb();

    @BeforeEach
    void make_table() {
        tables.createTable(table -> table.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                .attributeDefinitions(
                        id -> id.attributeName("id").attributeType(ScalarAttributeType.S),
                        status -> status.attributeName("status").attributeType(ScalarAttributeType.S))
                .globalSecondaryIndexes(index -> index.indexName("status-index")
                        .keySchema(key -> key.attributeName("status").keyType(KeyType.HASH))
                        .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))));
    }

    @AfterEach
    void drop_table() {
        tables.deleteTable(table -> table.tableName(TABLE));
    }

    @Test
    void a_late_writer_is_refused() {
        put("a", Map.of("fence", number(2)));

        assertThatThrownBy(() -> tables.updateItem(update -> update.tableName(TABLE)
                        .key(Map.of("id", text("a")))
                        .updateExpression("SET done = :yes")
                        .conditionExpression("fence = :old")
                        .expressionAttributeValues(Map.of(":old", number(1), ":yes", AttributeValue.fromBool(true)))))
                .isInstanceOf(ConditionalCheckFailedException.class);
    }

    @Test
    void a_transaction_writes_all_or_nothing() {
        put("taken", Map.of());

        assertThatThrownBy(() -> tables.transactWriteItems(transaction -> transaction.transactItems(
                        first -> first.put(put -> put.tableName(TABLE).item(Map.of("id", text("new")))),
                        second -> second.put(put -> put.tableName(TABLE)
                                .item(Map.of("id", text("taken")))
                                .conditionExpression("attribute_not_exists(id)")))))
                .isInstanceOf(TransactionCanceledException.class);
        assertThat(tables.getItem(get -> get.tableName(TABLE).key(Map.of("id", text("new"))))
                        .hasItem())
                .isFalse();
    }

    @Test
    void an_index_holds_only_items_that_have_its_key() {
        put("ready", Map.of("status", text("QUEUED")));
        put("other", Map.of());

        assertThat(tables.query(query -> query.tableName(TABLE)
                                .indexName("status-index")
                                .keyConditionExpression("#s = :s")
                                .expressionAttributeNames(Map.of("#s", "status"))
                                .expressionAttributeValues(Map.of(":s", text("QUEUED"))))
                        .items())
                .extracting(item -> item.get("id").s())
                .containsExactly("ready");
    }

    @Test
    void a_stranger_with_another_access_key_is_refused() {
        Map<String, String> stranger = new HashMap<>(clients.properties());
        stranger.put("caravan.aws.access-key", "AKIAIOSFODNN7EXAMPLE");

        assertThatThrownBy(() -> new Clients(stranger).dynamoDb().listTables())
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("credentials.json");
    }

    private void put(String id, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> item = new HashMap<>(more);
        item.put("id", text(id));
        tables.putItem(put -> put.tableName(TABLE).item(item));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(int value) {
        return AttributeValue.fromN(Integer.toString(value));
    }
}
