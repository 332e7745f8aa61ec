package dev.caravan.notify;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Assets;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.CallResponse;
import dev.caravan.fetch.DownloadListener;
import dev.caravan.fetch.FetchTarget;
import dev.caravan.fetch.Fetcher;
import dev.caravan.job.Job;
import dev.caravan.webhook.Secrets;
import dev.caravan.work.RunningJob;
import dev.caravan.work.StepContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The bean {@code notifyUrl} of the Kamelet notify-url-action: once the asset is ready or failed, it calls the owner's
 * URL as Standard Webhooks defines. The id of the message is the job's, by which a receiver recognizes a repetition.
 */
public final class NotifyUrl {
    /** The longer a file takes, the less a somewhat later notification matters. */
    private static final int PART = 5;

    private static final Duration MIN_WAIT = Duration.ofSeconds(1);
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);
    private static final int GONE = 410;

    private final Fetcher fetcher;
    private final Assets assets;
    private final Secrets secrets;
    private final Duration timeout;
    private final Clock clock;

    /** @param timeout limit for one call */
    NotifyUrl(Fetcher fetcher, Assets assets, Secrets secrets, Duration timeout, Clock clock) {
        this.fetcher = fetcher;
        this.assets = assets;
        this.secrets = secrets;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Calls, and leaves the variable {@code notify}.
     *
     * @throws StepException {@code ASSET_WAIT} while the asset is not ready or failed; permanent
     *     {@code NOTHING_TO_NOTIFY}, {@code NOTIFY_GONE}; transient {@code NOTIFY_REFUSED}; and those of the guard
     */
    public void call(Exchange exchange) {
        RunningJob step = (RunningJob) StepContext.of(exchange);
        Asset asset = assets.find(step.assetId())
                .filter(found -> !found.deleted())
                .orElseThrow(() -> StepException.fenced("The asset was deleted"));
        FetchTarget target = target(asset);
        requireEnd(asset, step.job());
        byte[] body = NotificationPayload.of(asset, clock.instant());
        Map<String, String> headers =
                secrets.headers(step.jobId(), clock.instant(), body, Map.of("Content-Type", "application/json"));
        CallResponse callResponse = fetcher.post(target, headers, body, timeout, listening(step));
        requireTaken(target, callResponse);
        exchange.setVariable("notify", Map.of("told", asset.status().word(), "answered", callResponse.status()));
    }

    private static FetchTarget target(Asset asset) {
        if (asset.announced() == null || asset.announced().notifyUrl() == null) {
            throw StepException.permanent(
                    "NOTHING_TO_NOTIFY",
                    "Nobody asked to be told of this asset",
                    "A file that is announced with notify_url is told of.");
        }
        return FetchTarget.of(asset.announced().notifyUrl());
    }

    /** @param job accepted when the file was there, so its time does not tell how long the arrival took */
    private void requireEnd(Asset asset, Job job) {
        if (asset.status() == AssetStatus.READY || asset.status() == AssetStatus.FAILED) {
            return;
        }
        Duration part = Duration.between(Instant.parse(job.createdAt()), clock.instant())
                .dividedBy(PART);
        Duration wait = part.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : part.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : part;
        throw StepException.waiting(
                "ASSET_WAIT", "The asset is still " + asset.status().word(), wait);
    }

    private static void requireTaken(FetchTarget target, CallResponse callResponse) {
        int status = callResponse.status();
        if (status >= 200 && status < 300) {
            return;
        }
        String said = "%s answered %d".formatted(target, status);
        if (status == GONE) {
            throw StepException.permanent(
                    "NOTIFY_GONE", said, "It says that it wants no more news; announce files with another notify_url.");
        }
        throw new StepException(
                new Failure(
                        "NOTIFY_REFUSED",
                        FailureKind.TRANSIENT,
                        null,
                        status >= 300 && status < 400 ? said + "; redirects are not followed" : said,
                        "It is called again by itself; if that does not help, look at the log of that server.",
                        null),
                callResponse.retryAfter(),
                null);
    }

    private static DownloadListener listening(StepContext step) {
        return new DownloadListener() {
            @Override
            public void received(long bytes, long total) {
                // The answer's body is not read.
            }

            @Override
            public Registration onCallOff(Runnable stop) {
                StepContext.Registration registration = step.onAbort(stop);
                return registration::close;
            }
        };
    }
}
