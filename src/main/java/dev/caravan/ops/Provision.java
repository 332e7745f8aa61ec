package dev.caravan.ops;

import dev.caravan.records.Tables;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Checks at start what must exist in the cloud before Caravan can run, and creates it for {@code ./caravan provision}. */
public final class Provision {
    /** An embedded DynamoDB creates an index in less, AWS needs minutes. */
    private static final Duration LOOK_AT_INDEX = Duration.ofMillis(500);

    private final DynamoDbClient dynamo;
    private final Settings settings;
    private final Indexes indexes;
    private final ProvisionedBucket bucket;
    private final ProvisionedQueues queues;

    public Provision(S3Client s3, DynamoDbClient dynamo, SqsClient sqs, Settings settings) {
        this.dynamo = dynamo;
        this.settings = settings;
        this.bucket = new ProvisionedBucket(s3, settings);
        this.queues = new ProvisionedQueues(sqs, settings);
        this.indexes = new Indexes(dynamo, LOOK_AT_INDEX);
    }

    /** @throws InvalidSetting naming all that is missing, and the command that makes it */
    public void check() {
        List<String> missing = new ArrayList<>();
        ask("S3", "caravan.s3.endpoint", () -> {
            if (!bucket.exists()) {
                missing.add("bucket " + bucket.name());
            }
        });
        ask("DynamoDB", "caravan.dynamodb.endpoint", () -> Schema.of(Tables.of(settings))
                .forEach(table -> missing.addAll(missing(table))));
        ask("SQS", "caravan.sqs.endpoint", () -> queues.missing().forEach(name -> missing.add("queue " + name)));
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

    /** Names a store that does not answer, with its endpoint. */
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

    /**
     * Creates what is missing; changes nothing that exists, except that a queue without a dead-letter queue gets one.
     *
     * @param made receives a readable line for each thing after its creation, even where the next one fails
     */
    public void create(Consumer<String> made) {
        if (!bucket.exists()) {
            bucket.create();
            made.accept("bucket " + bucket.name());
        }
        Schema.of(Tables.of(settings)).forEach(table -> create(table, made));
        queues.create(made);
    }

    private void create(CreateTableRequest table, Consumer<String> made) {
        String name = table.tableName();
        if (!tableExists(name)) {
            dynamo.createTable(table);
            dynamo.waiter().waitUntilTableExists(request -> request.tableName(name));
            made.accept("table " + name);
        }
        indexes.create(table).forEach(index -> made.accept("index %s on table %s".formatted(index, name)));
        if (!expires(name)) {
            dynamo.updateTimeToLive(
                    request -> request.tableName(name).timeToLiveSpecification(ttl -> ttl.attributeName(Tables.EXPIRES)
                            .enabled(true)));
            made.accept("expiry of old items in table " + name);
        }
    }

    /**
     * Makes the bucket announce new objects on the events queue. Only on AWS: the local S3 does so by itself.
     *
     * @throws InvalidSetting when the bucket accepts no notifications, with what to do instead
     */
    public void notifyQueue() {
        bucket.announceTo(queues.openTo(bucket.name()));
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
}
