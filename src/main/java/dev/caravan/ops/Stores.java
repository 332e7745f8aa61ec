package dev.caravan.ops;

import dev.caravan.records.Tables;
import dev.caravan.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Creates the checks of the three stores. Each requests what jobs need, with the permissions that jobs need. */
final class Stores {
    /** Else a request to a store that drops packets would continue long after its caller gave up. */
    private static final AwsRequestOverrideConfiguration IN_TIME = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Health.PATIENCE)
            .build();

    private Stores() {}

    static List<Check> of(Settings settings, S3Client s3, DynamoDbClient dynamo, SqsClient sqs) {
        String bucket = settings.text("caravan.s3.bucket");
        String table = Tables.of(settings).assets();
        String queue = settings.text("caravan.queue.jobs");
        return List.of(
                new StoreCheck("s3", "bucket " + bucket, () -> look(s3, bucket, settings.text("caravan.aws.region"))),
                new StoreCheck(
                        "dynamodb",
                        "table " + table,
                        () -> dynamo.getItem(ask -> ask.tableName(table)
                                .key(Map.of("asset_id", AttributeValue.fromS("health")))
                                .overrideConfiguration(IN_TIME))),
                new StoreCheck(
                        "queue",
                        "queue " + queue,
                        () -> sqs.getQueueUrl(ask -> ask.queueName(queue).overrideConfiguration(IN_TIME))));
    }

    private static void look(S3Client s3, String bucket, String region) {
        try {
            s3.headBucket(ask -> ask.bucket(bucket).overrideConfiguration(IN_TIME));
        } catch (S3Exception e) {
            WrongRegionException.check(e, bucket, region);
            throw e;
        }
    }
}
