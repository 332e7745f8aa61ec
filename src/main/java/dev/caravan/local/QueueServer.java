package dev.caravan.local;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.Limits;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import org.elasticmq.server.config.ElasticMQServerConfig;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.util.Either;
import scalikejdbc.ConnectionPool;

/**
 * Runs SQS: ElasticMQ, with its queues and messages in an H2 file.
 *
 * <p>It is built from ElasticMQ's parts, because ElasticMQ's main class accepts requests before it has restored its queues.
 */
final class QueueServer implements AutoCloseable {
    /** ElasticMQ keeps its database connection in a static field, so only one can run at a time. */
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private static final Limits LIMITS = StrictSQSLimits$.MODULE$;

    private final ActorSystem actors;

    private QueueServer(ActorSystem actors) {
        this.actors = actors;
    }

    static QueueServer start(LocalSettings settings, Credentials credentials, Path folder, Port port) throws Exception {
        if (!RUNNING.compareAndSet(false, true)) {
            throw new IllegalStateException("There can be only one embedded cloud in a process");
        }
        ActorSystem actors = null;
        try {
            Config config = config(settings, folder, port);
            actors = ActorSystem.create("caravan-sqs", config);
            SignedQueuesOnly.install(actors, credentials);
            start(new ElasticMQServerConfig(config), actors, port);
            return new QueueServer(actors);
        } catch (Exception e) {
            end(actors);
            throw e;
        }
    }

    private static void start(ElasticMQServerConfig config, ActorSystem actors, Port port) throws Exception {
        ActorRef store = actors.actorOf(store(config));
        ActorRef manager = actors.actorOf(Props.create(
                QueueManagerActor.class, () -> new QueueManagerActor(new NowProvider(), LIMITS, Option.apply(store))));
        restore(store, manager);
        SQSRestServer server = new TheSQSRestServerBuilder(
                        Option.apply(actors),
                        Option.apply(manager),
                        Port.HOST,
                        port.number(),
                        config.nodeAddress(),
                        false,
                        LIMITS,
                        config.awsRegion(),
                        config.awsAccountId(),
                        Option.apply(store),
                        config.autoCreateQueues())
                .start();
        listen(server, port);
    }

    private static Props store(ElasticMQServerConfig config) {
        SqlQueuePersistenceConfig database = config.sqlQueuePersistenceConfig();
        ConnectionPool.singleton(
                database.uri(),
                database.username(),
                database.password(),
                ConnectionPool.singleton$default$4(),
                ConnectionPool.singleton$default$5(database.uri(), database.username(), database.password(), null));
        return Props.create(
                SqlQueuePersistenceActor.class, () -> new SqlQueuePersistenceActor(database, config.baseQueues()));
    }

    private static void restore(ActorRef store, ActorRef manager) throws Exception {
        Object answer = Patterns.ask(store, new QueueEvent.Restore(manager), Duration.ofSeconds(30))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        if (answer instanceof Either<?, ?> either && either.isLeft()) {
            throw new LocalCloudException("The local SQS cannot restore its queues: " + either.left() + ".", null);
        }
    }

    private static void listen(SQSRestServer server, Port port) throws Exception {
        try {
            server.waitUntilStarted();
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw new LocalPortInUse("SQS", port.number(), LocalSettings.SQS_PORT, e);
                }
            }
            throw e;
        }
    }

    /** Makes H2 acknowledge a write only when it is on disk: by default H2 lags half a second behind. */
    private static Config config(LocalSettings settings, Path folder, Port port) {
        Map<String, Object> values = Map.ofEntries(
                Map.entry("node-address.host", Port.HOST),
                Map.entry("node-address.port", port.number()),
                Map.entry("aws.region", settings.region()),
                Map.entry("messages-storage.enabled", true),
                Map.entry(
                        "messages-storage.uri",
                        "jdbc:h2:file:" + folder.resolve("queues") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"),
                Map.entry("queues.\"" + settings.eventsQueue() + "\".defaultVisibilityTimeout", "30 seconds"),
                Map.entry("pekko.loglevel", "WARNING"),
                Map.entry("pekko.jvm-shutdown-hooks", false),
                Map.entry("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", false),
                Map.entry("pekko.http.server.idle-timeout", "120 s"));
        return ConfigFactory.parseMap(values).withFallback(ConfigFactory.load());
    }

    private static void end(ActorSystem actors) throws Exception {
        try {
            if (actors != null) {
                actors.terminate();
                actors.getWhenTerminated().toCompletableFuture().get(5, TimeUnit.SECONDS);
            }
        } finally {
            ConnectionPool.closeAll();
            RUNNING.set(false);
        }
    }

    @Override
    public void close() throws Exception {
        end(actors);
    }
}
