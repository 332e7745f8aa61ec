package dev.caravan.upload.presigned;

import dev.caravan.asset.Assets;
import dev.caravan.fetch.Fetcher;
import dev.caravan.http.HttpFeature;
import dev.caravan.intake.Intake;
import dev.caravan.job.Pipelines;
import dev.caravan.records.Records;
import dev.caravan.settings.PrivateFolder;
import dev.caravan.settings.Settings;
import dev.caravan.storage.BucketUploads;
import dev.caravan.storage.Files;
import dev.caravan.storage.ObjectLinks;
import dev.caravan.upload.UploadPlaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;

/** Builds announced uploads, and binds the beans of their routes. */
public final class PresignedUploadBeans {
    private PresignedUploadBeans() {}

    /**
     * The parts of announced uploads.
     *
     * @param waiting how many jobs wait for a worker
     */
    public record Parts(
            Records records,
            Clock clock,
            Assets assets,
            Intake intake,
            Pipelines pipelines,
            Files files,
            BucketUploads deposits,
            ObjectLinks presigned,
            UploadPlaces places,
            LongSupplier waiting) {}

    /**
     * The parts by which other packages receive uploads.
     *
     * @param folder for bytes in transit
     */
    public record Reception(
            PresignedUploads announcements,
            StreamingUploadExecutor desk,
            PresignedUploadSettings settings,
            Path folder,
            HttpFeature proxy) {}

    /** Binds the beans {@code initiation} and {@code completion}. */
    public static Reception bind(CamelContext context, Settings settings, Parts parts) {
        PresignedUploadSettings limits = PresignedUploadSettings.of(settings);
        Path folder = created(settings.path("caravan.temp").resolve("announced"));
        PresignedUploads announcements = new PresignedUploads(
                parts.assets(),
                parts.intake(),
                parts.records(),
                parts.deposits(),
                limits,
                parts.waiting(),
                parts.clock());
        Fetcher fetcher = Fetcher.of(settings, parts.clock());
        StreamingUploadExecutor desk = new StreamingUploadExecutor(parts.places(), limits.stall());
        Registry registry = context.getRegistry();
        registry.bind(
                "initiation",
                new InitiateUpload(
                        announcements, parts.presigned(), fetcher, limits, parts.pipelines(), parts.clock()));
        registry.bind(
                "completion",
                new CompleteUpload(
                        announcements,
                        new UploadedObjects(parts.deposits(), parts.files(), folder),
                        parts.assets(),
                        parts.records(),
                        parts.intake(),
                        parts.pipelines()));
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                desk.close();
                fetcher.close();
            }
        });
        UploadProxy proxy = new UploadProxy(announcements, parts.deposits(), limits, folder);
        return new Reception(announcements, desk, limits, folder, new UploadProxyHandler(desk, proxy));
    }

    private static Path created(Path folder) {
        try {
            return PrivateFolder.in(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
