package dev.caravan.upload;

import dev.caravan.asset.Assets;
import dev.caravan.fetch.Fetcher;
import dev.caravan.http.HttpFeature;
import dev.caravan.intake.Intake;
import dev.caravan.job.Pipelines;
import dev.caravan.settings.PrivateFolder;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;

/** Binds the beans of the routes of uploads. */
public final class UploadBeans {
    private static final int DISK_THREADS = 4;

    private UploadBeans() {}

    /**
     * @param waitingJobs how many jobs wait for a worker
     * @return the HTTP handlers that receive uploads
     */
    public static HttpFeature bind(
            Registry registry,
            Settings settings,
            CamelContext context,
            Files files,
            Assets assets,
            Intake intake,
            Pipelines pipelines,
            Clock clock,
            LongSupplier waitingJobs,
            UploadPlaces places,
            SubtitleCheck subtitles) {
        PendingUploads pendingUploads = new PendingUploads();
        ExecutorService disk = Executors.newFixedThreadPool(DISK_THREADS, daemon("uploads"));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemon("upload-checks"));
        RemoteSubtitles remote = new RemoteSubtitles(Fetcher.of(
                settings, clock, UploadSettings.MAX_SUBTITLES, settings.duration("caravan.subtitles.timeout")));
        registry.bind("remoteSubtitles", remote);
        registry.bind("uploadChecks", new UploadChecks(files, subtitles, timer));
        registry.bind(
                "videoUploads",
                new VideoUploads(pendingUploads, intake, pipelines, new UploadStorage(files, assets), clock));
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext stopping) {
                remote.close();
            }

            @Override
            public void onContextStopped(CamelContext stopped) {
                disk.shutdown();
                timer.shutdownNow();
            }
        });
        Path root = settings.path("caravan.temp").resolve("uploads");
        return new UploadHandler(UploadSettings.of(settings), places, created(root), pendingUploads, disk, waitingJobs);
    }

    private static Path created(Path folder) {
        try {
            return PrivateFolder.in(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
