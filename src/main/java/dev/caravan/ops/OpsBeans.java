package dev.caravan.ops;

import dev.caravan.ffmpeg.FfmpegHealth;
import dev.caravan.settings.RedisAddress;
import dev.caravan.settings.Settings;
import dev.caravan.work.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Binds the beans of the routes of health and readiness. Runs after FFmpeg's, since health reports on it. */
public final class OpsBeans {
    private OpsBeans() {}

    /**
     * Holds what health cannot find out by itself.
     *
     * @param stopping whether a stop was requested
     * @param held a sentence for each pause, and for a drained worker of this process
     * @param openToOthers a sentence where other machines reach the API
     */
    public record Word(BooleanSupplier stopping, Supplier<List<String>> held, Optional<String> openToOthers) {}

    /** @param safetyNets the functions that make up for losses, by name, each with why it does not work, if it does not */
    public static void bind(
            Registry registry,
            Settings settings,
            S3Client s3,
            DynamoDbClient dynamo,
            SqsClient sqs,
            Worker worker,
            CamelContext context,
            Word word,
            Map<String, Supplier<Optional<String>>> safetyNets) {
        boolean works = settings.list("caravan.roles").contains("worker");
        List<Check> checks = new ArrayList<>(Stores.of(settings, s3, dynamo, sqs));
        checks.add(new RedisCheck(RedisAddress.of(settings)));
        checks.add(new FfmpegCheck(registry.lookupByNameAndType(FfmpegHealth.BEAN, FfmpegHealth.class), works));
        checks.add(new DiskCheck(settings.path("caravan.temp"), settings.bytes("caravan.health.least-disk")));
        if (works) {
            checks.add(new WorkerCheck(worker));
        }
        safetyNets.forEach((name, trouble) -> checks.add(new SafetyNetCheck(name, trouble)));
        checks.add(new QueueCheck(word.held()));
        word.openToOthers().ifPresent(open -> checks.add(new Notice("exposure", "open to others", open)));
        HealthProbes probes =
                new HealthProbes(new Health(checks, version(), System::nanoTime), context, word.stopping());
        registry.bind("probes", probes);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                probes.close();
            }
        });
    }

    /** Reads the version of this build, which Maven writes into a resource. */
    public static String version() {
        try (InputStream in = OpsBeans.class.getResourceAsStream("/caravan-version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("The version of this build cannot be read", e);
        }
    }
}
