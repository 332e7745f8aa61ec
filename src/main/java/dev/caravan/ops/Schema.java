package dev.caravan.ops;

import dev.caravan.asset.Assets;
import dev.caravan.job.JobFields;
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

/**
 * Defines the tables and their indexes. Indexes project keys and the few fields that lists show, so that writes stay cheap.
 */
final class Schema {
    private Schema() {}

    static List<CreateTableRequest> of(Tables tables) {
        return List.of(
                table(tables.assets(), List.of(Assets.ID), AssetIndexes.ALL),
                table(
                        tables.jobs(),
                        List.of(JobFields.JOB_ID, JobFields.ITEM),
                        List.of(
                                index(
                                        Tables.BY_STATUS,
                                        List.of(JobFields.STATUS, JobFields.CREATED_AT),
                                        List.of(
                                                JobFields.ASSET_ID,
                                                JobFields.PIPELINE,
                                                JobFields.OWNER,
                                                JobFields.PRIORITY)),
                                index(
                                        Tables.BY_ASSET,
                                        List.of(JobFields.ASSET_ID, JobFields.CREATED_AT),
                                        List.of(JobFields.STATUS, JobFields.PIPELINE)),
                                index(
                                        Tables.LINE,
                                        List.of(JobFields.READY, JobFields.LANE),
                                        List.of(
                                                JobFields.DUE_AT,
                                                JobFields.PIPELINE,
                                                JobFields.OWNER,
                                                JobFields.PRIORITY,
                                                JobFields.FENCE,
                                                JobFields.CRASHES)),
                                index(
                                        Tables.DEAD,
                                        List.of(JobFields.DEAD, JobFields.FINISHED_AT),
                                        List.of(
                                                JobFields.ERROR_CODE,
                                                JobFields.ERROR_STEP,
                                                JobFields.OWNER,
                                                JobFields.ASSET_ID,
                                                JobFields.FILENAME,
                                                JobFields.EXPIRES_AT)),
                                index(
                                        Tables.BY_NAME,
                                        List.of(JobFields.NAME_START, JobFields.NAME_KEY),
                                        List.of(
                                                JobFields.ASSET_ID,
                                                JobFields.PIPELINE,
                                                JobFields.OWNER,
                                                JobFields.CREATED_AT)))));
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

    /** Adds the index to an existing table. DynamoDB creates one at a time. */
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

    static GlobalSecondaryIndex index(String name, List<String> key, List<String> shown) {
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
