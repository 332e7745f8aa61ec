package dev.caravan.ingest;

import dev.caravan.intake.Intake;
import dev.caravan.job.Pipelines;
import dev.caravan.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.camel.spi.Registry;
import software.amazon.awssdk.services.s3.S3Client;

/** Binds the beans of the ingest routes. */
public final class IngestBeans {
    private IngestBeans() {}

    /** Binds the beans {@code uploads} and {@code comesAgain}. */
    public static void bind(
            Registry registry,
            Settings settings,
            S3Client s3,
            Intake intake,
            Pipelines pipelines,
            Clock clock,
            MeterRegistry meters,
            SkippedObjects skippedObjects) {
        registry.bind(
                "uploads",
                new Uploads(s3, IngestSettings.of(settings), intake, pipelines, clock, meters, skippedObjects));
        registry.bind("comesAgain", new RedeliveryLog());
    }
}
