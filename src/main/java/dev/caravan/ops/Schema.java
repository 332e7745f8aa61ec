package dev.caravan.ops;

import dev.caravan.records.Tables;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The tables and their indexes. Indexes project keys and the few fields that lists show, so that they stay cheap to write. */
final class Schema {
    private Schema() {}

    static List<CreateTableRequest> of(Tables tables) {
        return List.of(
                table(
                        tables.assets(),
                        List.of("asset_id"),
                        List.of("status", "created_at", "source_video_id", "filename"),
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
                        List.of("status", "created_at", "asset_id", "ready", "due_at", "dead", "finished_at"),
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
                                        Tables.READY,
                                        List.of("ready", "due_at"),
                                        List.of("pipeline", "owner", "priority", "fence", "crashes")),
                                index(
                                        Tables.DEAD,
                                        List.of("dead", "finished_at"),
                                        List.of(
                                                "error_code",
                                                "error_step",
                                                "owner",
                                                "asset_id",
                                                "filename",
                                                "expires_at")))));
    }

    private static CreateTableRequest table(
            String name, List<String> key, List<String> indexed, List<GlobalSecondaryIndex> indexes) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys(key))
                .attributeDefinitions(Stream.concat(key.stream(), indexed.stream())
                        .map(attribute -> AttributeDefinition.builder()
                                .attributeName(attribute)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .toList())
                .globalSecondaryIndexes(indexes)
                .build();
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
