package dev.caravan.local;

import dev.caravan.settings.RedisAddress;
import dev.caravan.settings.Settings;
import java.nio.file.Path;

/**
 * Holds the settings of the embedded cloud.
 *
 * @param data folder that holds all state; created when it does not exist
 * @param s3Port port of S3; 0 picks a free one, as with the other ports
 * @param dynamoDbPort port of DynamoDB
 * @param sqsPort port of SQS
 * @param redisPort port of Redis
 * @param ownRedis whether a Redis is started; false where the settings name one
 * @param bucket created at start; its changes are announced on the events queue
 * @param region as it appears in ARNs and events
 * @param eventsQueue the queue that gets S3's event notifications; created at start
 */
public record LocalSettings(
        Path data,
        int s3Port,
        int dynamoDbPort,
        int sqsPort,
        int redisPort,
        boolean ownRedis,
        String bucket,
        String region,
        String eventsQueue) {

    static final String S3_PORT = "caravan.local.s3.port";
    static final String DYNAMODB_PORT = "caravan.local.dynamodb.port";
    static final String SQS_PORT = "caravan.local.sqs.port";
    static final String REDIS_PORT = "caravan.local.redis.port";

    public static LocalSettings from(Settings settings) {
        return new LocalSettings(
                settings.path("caravan.data"),
                settings.number(S3_PORT),
                settings.number(DYNAMODB_PORT),
                settings.number(SQS_PORT),
                settings.number(REDIS_PORT),
                RedisAddress.of(settings).isEmpty(),
                settings.text("caravan.s3.bucket"),
                settings.text("caravan.aws.region"),
                settings.text("caravan.queue.events"));
    }

    /** Returns settings with free ports and the usual names on one folder, for tests. */
    public static LocalSettings on(Path data) {
        return new LocalSettings(data, 0, 0, 0, 0, true, "caravan", "us-east-1", "caravan-s3-events");
    }
}
