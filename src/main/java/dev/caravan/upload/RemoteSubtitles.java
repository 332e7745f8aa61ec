package dev.caravan.upload;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.DownloadListener;
import dev.caravan.fetch.FetchTarget;
import dev.caravan.fetch.Fetched;
import dev.caravan.fetch.Fetcher;
import dev.caravan.http.HttpBeans;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean {@code remoteSubtitles} of the route process-video: fetches subtitles that a form names by URL, before the
 * upload is accepted. A service that is still making them may hold the request, or ask for another request later; then it
 * is asked again.
 */
public final class RemoteSubtitles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteSubtitles.class);
    /** Attempts for a server that cannot be reached, as many as a step has. */
    private static final int TRIES = 3;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final Fetcher fetcher;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Semaphore places = new Semaphore(HttpBeans.FETCHES_AT_ONCE);

    RemoteSubtitles(Fetcher fetcher) {
        this.fetcher = fetcher;
    }

    /**
     * Adds the subtitles to the received files; does nothing if the form contained them.
     *
     * @throws dev.caravan.http.ProblemException saying why they cannot be fetched
     */
    public void fetch(Exchange exchange) throws InterruptedException {
        ReceivedUpload upload = VideoUploads.received(exchange);
        FetchTarget url = upload.subtitlesUrl();
        if (url == null) {
            return;
        } else if (!places.tryAcquire()) {
            throw UploadProblems.tooManyUploads();
        }
        try {
            Path file = upload.folder().file(MultipartForm.SUBTITLES_URL);
            CompletableFuture<Object> off = CompletableFuture.anyOf(upload.over(), closed);
            Fetched fetched = insist(url, file, off);
            String path = url.path().replaceFirst("\\?.*", "");
            ReceivedUpload.ReceivedFile subtitles =
                    new ReceivedUpload.ReceivedFile(file, DisplayName.of(path), fetched.size());
            VideoUploads.received(exchange, upload.with(MultipartForm.SUBTITLES, subtitles));
        } finally {
            places.release();
        }
    }

    private Fetched insist(FetchTarget url, Path file, CompletableFuture<Object> off) throws InterruptedException {
        long end = System.nanoTime() + fetcher.timeout().toNanos();
        Duration wait = FIRST_WAIT;
        for (int tries = 1; ; tries++) {
            try {
                return fetcher.fetch(url, file, listening(off), left(end));
            } catch (StepException e) {
                if (off.isDone()) {
                    throw UploadProblems.leftAlone();
                }
                Duration asked = e.retryAfter().orElse(wait);
                refuseUnlessWorthAnother(e, url, tries, asked.compareTo(left(end)) < 0);
                LOG.info("{}; asking again in {} ms", e.failure().message(), asked.toMillis());
                pause(asked, off);
                wait = wait.multipliedBy(2).compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait.multipliedBy(2);
            }
        }
    }

    private void refuseUnlessWorthAnother(StepException thrown, FetchTarget url, int tries, boolean timeIsLeft) {
        Failure failure = thrown.failure();
        boolean mayPass = failure.kind() == FailureKind.TRANSIENT;
        if (failure.code().equals("URL_TOO_SLOW") || mayPass && !timeIsLeft) {
            throw UploadProblems.subtitleTimeout(url, fetcher.timeout().toSeconds(), failure.message());
        } else if (!mayPass || !failure.code().equals("URL_BUSY") && tries == TRIES) {
            throw UploadProblems.ofUrl(thrown);
        }
    }

    private static void pause(Duration time, CompletableFuture<Object> off) throws InterruptedException {
        try {
            off.get(time.toMillis(), TimeUnit.MILLISECONDS);
            throw UploadProblems.leftAlone();
        } catch (TimeoutException over) {
            // The wait is over.
        } catch (ExecutionException e) {
            throw new IllegalStateException("These never fail", e);
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private static DownloadListener listening(CompletableFuture<Object> off) {
        return new DownloadListener() {
            @Override
            public void received(long bytes, long total) {
                // Subtitles have few bytes.
            }

            @Override
            public Registration onCallOff(Runnable stop) {
                CompletableFuture<Void> stopping = off.thenRun(stop);
                return () -> stopping.cancel(false);
            }
        };
    }

    /** Ends the fetches; their callers are told so. */
    @Override
    public void close() {
        closed.complete(null);
        fetcher.close();
    }
}
