package dev.caravan.ops;

import dev.caravan.records.Tables;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** The tables and their indexes. Indexes project keys and the few fields that lists show, so that they stay cheap to write. */
final class Schema {
    private Schema() {}

    static List<CreateTableRequest> of(Tables tables) {
        return List.of(
                table(
                        tables.assets(),
                        List.of("asset_id"),
                        List.of(
                                index(
                                        Tables.BY_STATUS,
                                        List.of("status", "created_at"),
                                        List.of("type", "filename", "owner", "deleted_at")),
                                index(Tables.BY_SOURCE, List.of("source_video_id"), List.of("status", "deleted_at")),
                                index(Tables.BY_FILENAME, List.of("filename"), List.of("status", "deleted_at")))),
                table(
                        tables.jobs(),
                        List.of("job_id", "item"),
                        List.of(
                                index(
                                        Tables.BY_STATUS,
                                        List.of("status", "created_at"),
                                        List.of("asset_id", "pipeline", "owner", "priority")),
                                index(
                                        Tables.BY_ASSET,
                                        List.of("asset_id", "created_at"),
                                        List.of("status", "pipeline")),
                                index(
                                        Tables.LINE,
                                        List.of("ready", "lane"),
                                        List.of("due_at", "pipeline", "owner", "priority", "fence", "crashes")),
                                index(
                                        Tables.DEAD,
                                        List.of("dead", "finished_at"),
                                        List.of(
                                                "error_code",
                                                "error_step",
                                                "owner",
                                                "asset_id",
                                                "filename",
                                                "expires_at")),
                                index(
                                        Tables.BY_NAME,
                                        List.of("name_start", "name_key"),
                                        List.of("asset_id", "pipeline", "owner", "created_at")))));
    }

    private static CreateTableRequest table(String name, List<String> key, List<GlobalSecondaryIndex> indexes) {
        Stream<String> indexed = indexes.stream().flatMap(index -> attributes(index.keySchema()));
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys(key))
                .attributeDefinitions(definitions(Stream.concat(key.stream(), indexed)))
                .globalSecondaryIndexes(indexes)
                .build();
    }

    /** Adds the index to a table that is there. DynamoDB makes one at a time. */
    static UpdateTableRequest adding(String table, GlobalSecondaryIndex index) {
        return UpdateTableRequest.builder()
                .tableName(table)
                .attributeDefinitions(definitions(attributes(index.keySchema())))
                .globalSecondaryIndexUpdates(update -> update.create(CreateGlobalSecondaryIndexAction.builder()
                        .indexName(index.indexName())
                        .keySchema(index.keySchema())
                        .projection(index.projection())
                        .build()))
                .build();
    }

    private static List<AttributeDefinition> definitions(Stream<String> attributes) {
        return attributes
                .distinct()
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .toList();
    }

    private static Stream<String> attributes(List<KeySchemaElement> key) {
        return key.stream().map(KeySchemaElement::attributeName);
    }

    private static GlobalSecondaryIndex index(String name, List<String> key, List<String> shown) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(keys(key))
                .projection(Projection.builder()
                        .projectionType(ProjectionType.INCLUDE)
                        .nonKeyAttributes(shown)
                        .build())
                .build();
    }

    private static List<KeySchemaElement> keys(List<String> names) {
        return Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                .map(i -> KeySchemaElement.builder()
                        .attributeName(names.get(i))
                        .keyType(i == 0 ? KeyType.HASH : KeyType.RANGE)
                        .build())
                .toList();
    }
}
