package dev.caravan.ops;

import dev.caravan.records.Tables;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** What must exist in the cloud before Caravan can run: checked at start, made by {@code ./caravan provision}. */
public final class Provision {
    /** Deliveries of a message that cannot be taken before it is set aside. */
    private static final int MOST_DELIVERIES = 5;

    /** An embedded DynamoDB makes an index in less, AWS needs minutes. */
    private static final Duration LOOK_AT_INDEX = Duration.ofMillis(500);

    private final S3Client s3;
    private final DynamoDbClient dynamo;
    private final SqsClient sqs;
    private final Settings settings;
    private final Indexes indexes;

    public Provision(S3Client s3, DynamoDbClient dynamo, SqsClient sqs, Settings settings) {
        this.s3 = s3;
        this.dynamo = dynamo;
        this.sqs = sqs;
        this.settings = settings;
        this.indexes = new Indexes(dynamo, LOOK_AT_INDEX);
    }

    /** @throws InvalidSetting naming all that is missing, and the command that makes it */
    public void check() {
        List<String> missing = new ArrayList<>();
        ask("S3", "caravan.s3.endpoint", () -> {
            if (!bucketExists()) {
                missing.add("bucket " + bucket());
            }
        });
        ask("DynamoDB", "caravan.dynamodb.endpoint", () -> Schema.of(Tables.of(settings))
                .forEach(table -> missing.addAll(missing(table))));
        ask("SQS", "caravan.sqs.endpoint", () -> queues().stream()
                .filter(name -> !queueExists(name))
                .forEach(name -> missing.add("queue " + name)));
        if (!missing.isEmpty()) {
            throw new InvalidSetting(
                    "caravan.name",
                    settings.text("caravan.name"),
                    "there is no " + String.join(", no ", missing)
                            + ". Run ./caravan provision to create what is missing.");
        }
    }

    private List<String> missing(CreateTableRequest table) {
        return tableExists(table.tableName())
                ? indexes.missing(table).stream()
                        .map(index -> "index %s on table %s".formatted(index, table.tableName()))
                        .toList()
                : List.of("table " + table.tableName());
    }

    /** A store that cannot be asked is named, with where it was looked for. */
    private void ask(String store, String endpoint, Runnable question) {
        try {
            question.run();
        } catch (SdkException e) {
            throw new InvalidSetting(
                    endpoint,
                    settings.find(endpoint).orElse("AWS in " + settings.text("caravan.aws.region")),
                    "%s cannot be used: %s. Check the network, the region, the credentials and what they permit."
                            .formatted(store, e.getMessage()));
        }
    }

    /** Creates what is missing; changes nothing that is there. Returns what was made, for people to read. */
    public List<String> create() {
        List<String> made = new ArrayList<>();
        if (!bucketExists()) {
            createBucket();
            made.add("bucket " + bucket());
        }
        for (CreateTableRequest table : Schema.of(Tables.of(settings))) {
            if (!tableExists(table.tableName())) {
                dynamo.createTable(table);
                dynamo.waiter().waitUntilTableExists(request -> request.tableName(table.tableName()));
                made.add("table " + table.tableName());
            }
            indexes.create(table)
                    .forEach(index -> made.add("index %s on table %s".formatted(index, table.tableName())));
            if (!expires(table.tableName())) {
                dynamo.updateTimeToLive(request -> request.tableName(table.tableName())
                        .timeToLiveSpecification(
                                ttl -> ttl.attributeName(Tables.EXPIRES).enabled(true)));
                made.add("expiry of old items in table " + table.tableName());
            }
        }
        for (String queue : queues()) {
            if (!queueExists(queue)) {
                createQueue(queue);
                made.add("queue " + queue + " with its dead-letter queue");
            }
        }
        return made;
    }

    /** Lets the bucket announce new objects on the events queue. Only on AWS: the local S3 does so by itself. */
    public void notifyQueue() {
        String url = url(settings.text("caravan.queue.events"));
        String arn = sqs.getQueueAttributes(
                        request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String policy =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},\
                "Action":"sqs:SendMessage","Resource":"%s","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::%s"}}}]}"""
                        .formatted(arn, bucket());
        sqs.setQueueAttributes(request -> request.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
        s3.putBucketNotificationConfiguration(request -> request.bucket(bucket())
                .notificationConfiguration(config ->
                        config.queueConfigurations(queue -> queue.queueArn(arn).events(Event.S3_OBJECT_CREATED))));
    }

    private List<String> queues() {
        return List.of(settings.text("caravan.queue.events"), settings.text("caravan.queue.jobs"));
    }

    private String bucket() {
        return settings.text("caravan.s3.bucket");
    }

    private boolean bucketExists() {
        try {
            s3.headBucket(request -> request.bucket(bucket()));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return false;
            }
            throw e;
        }
    }

    private void createBucket() {
        String region = settings.text("caravan.aws.region");
        s3.createBucket(request -> {
            request.bucket(bucket());
            // us-east-1 is the one region that may not be named here.
            if (!region.equals("us-east-1")) {
                request.createBucketConfiguration(
                        where -> where.locationConstraint(BucketLocationConstraint.fromValue(region)));
            }
        });
    }

    private boolean tableExists(String name) {
        try {
            dynamo.describeTable(request -> request.tableName(name));
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    private boolean expires(String table) {
        TimeToLiveStatus status = dynamo.describeTimeToLive(request -> request.tableName(table))
                .timeToLiveDescription()
                .timeToLiveStatus();
        return status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING;
    }

    private boolean queueExists(String name) {
        try {
            url(name);
            return true;
        } catch (QueueDoesNotExistException e) {
            return false;
        }
    }

    private void createQueue(String name) {
        String dead =
                sqs.createQueue(request -> request.queueName(name + "-dead")).queueUrl();
        String arn = sqs.getQueueAttributes(
                        request -> request.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String redrive = "{\"maxReceiveCount\":\"%d\",\"deadLetterTargetArn\":\"%s\"}".formatted(MOST_DELIVERIES, arn);
        sqs.createQueue(request -> request.queueName(name)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT, "60", QueueAttributeName.REDRIVE_POLICY, redrive)));
    }

    private String url(String name) {
        return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }
}
