package dev.caravan.local;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs S3, DynamoDB, SQS and Redis from this process, on 127.0.0.1, with all state in one folder.
 *
 * <p>The four start in parallel. A caller with other work in the meantime calls {@link #reserve}, which knows every address
 * before the servers listen, and later {@link #await}; {@link #start} does both.
 */
public final class LocalCloud implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCloud.class);

    /** The interval of the check for deleted queues. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final LocalSettings settings;
    private final DataFolder data;
    private final Credentials credentials;
    private final Port s3;
    private final Port dynamoDb;
    private final Port sqs;
    private final EventQueue events;
    private final CompletableFuture<Optional<KeptRedis>> redis;
    private final CompletableFuture<QueueServer> queues;
    private final CompletableFuture<TableServer> tables;
    private final CompletableFuture<ObjectServer> objects;

    private LocalCloud(LocalSettings settings, DataFolder data) {
        this.settings = settings;
        this.data = data;
        this.credentials = Credentials.of(data.root());
        this.s3 = Port.reserve("S3", settings.s3Port(), LocalSettings.S3_PORT);
        this.dynamoDb = Port.reserve("DynamoDB", settings.dynamoDbPort(), LocalSettings.DYNAMODB_PORT);
        this.sqs = Port.reserve("SQS", settings.sqsPort(), LocalSettings.SQS_PORT);
        this.redis = starting("redis", this::startRedis);
        this.queues = starting("sqs", () -> QueueServer.start(settings, credentials, data.folder("sqs"), sqs));
        this.tables = starting("dynamodb", () -> TableServer.start(credentials, data.folder("dynamodb"), dynamoDb));
        this.events = new EventQueue(
                queues.thenApply(running -> EventQueue.client(sqs, settings.region(), credentials)), queueUrl());
        this.objects = starting("s3", () -> ObjectServer.start(settings, credentials, data.folder("s3"), s3, events));
    }

    /**
     * Starts all servers and returns when they accept requests.
     *
     * @throws LocalCloudException when a server cannot start; nothing is left running then
     */
    public static LocalCloud start(LocalSettings settings) {
        LocalCloud cloud = reserve(settings);
        cloud.await();
        return cloud;
    }

    /**
     * Takes the folder and the ports, and returns while the servers are still starting.
     *
     * @throws LocalCloudException when another Caravan holds the folder, or another program a port
     */
    public static LocalCloud reserve(LocalSettings settings) {
        DataFolder data = DataFolder.hold(settings.data());
        try {
            return new LocalCloud(settings, data);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /**
     * Returns when every server accepts requests.
     *
     * @throws LocalCloudException as {@link #start}
     */
    public void await() {
        try {
            CompletableFuture.allOf(redis, queues, tables, objects).join();
        } catch (CompletionException e) {
            close();
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new LocalCloudException("The embedded cloud cannot start: " + e.getCause() + ".", e.getCause());
        }
    }

    /** Returns what the rest of the program needs to reach the servers; without Redis' address when there is no Redis. */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(Map.of(
                "caravan.aws.region", settings.region(),
                "caravan.aws.access-key", credentials.accessKey(),
                "caravan.aws.secret-key", credentials.secretKey(),
                "caravan.s3.endpoint", s3.url(),
                "caravan.s3.bucket", settings.bucket(),
                "caravan.dynamodb.endpoint", dynamoDb.url(),
                "caravan.sqs.endpoint", sqs.url()));
        redis.join().ifPresent(server -> properties.put("caravan.redis.url", redisUrl(server)));
        return Map.copyOf(properties);
    }

    /**
     * Recreates queues that are deleted while it runs.
     *
     * @param names of the queues that must exist
     * @param make creates the missing queues, and returns their names
     */
    AutoCloseable keepQueues(List<String> names, Supplier<List<String>> make) {
        return new KeptQueues(EventQueue.client(sqs, settings.region(), credentials), names, make, BETWEEN_LOOKS);
    }

    /** Stops the servers, first those that send to the others; what they acknowledged is kept. */
    @Override
    public void close() {
        end(objects);
        end(CompletableFuture.completedFuture(events));
        end(queues);
        end(tables);
        redis.thenAccept(server -> server.ifPresent(running -> end(CompletableFuture.completedFuture(running))));
        data.close();
    }

    private Optional<KeptRedis> startRedis() throws InterruptedException {
        if (!settings.ownRedis()) {
            LOG.info("Redis is the one that the settings name; none is started here");
            return Optional.empty();
        }
        try {
            RedisFolder folder = new RedisFolder(data.folder("redis"));
            return Optional.of(KeptRedis.start(folder, settings.redisPort(), credentials.redisPassword()));
        } catch (IOException e) {
            LOG.warn("Caravan runs without Redis: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private String redisUrl(KeptRedis server) {
        return "redis://:%s@%s:%d".formatted(credentials.redisPassword(), Port.HOST, server.port());
    }

    private String queueUrl() {
        return sqs.url() + "/000000000000/" + settings.eventsQueue();
    }

    private static <T> CompletableFuture<T> starting(String name, Callable<T> start) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(start.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "start-" + name);
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Waits for a server that is still starting; one that did not start needs no stop. */
    private static void end(CompletableFuture<? extends AutoCloseable> server) {
        try {
            server.join().close();
        } catch (CompletionException e) {
            LOG.debug("Did not start", e);
        } catch (Exception e) {
            LOG.warn("A server of the embedded cloud did not end cleanly", e);
        }
    }
}
