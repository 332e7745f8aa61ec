package dev.caravan.upload;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetType;
import dev.caravan.failure.StepException;
import dev.caravan.http.Preferences;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.intake.IdempotencyKey;
import dev.caravan.intake.Intake;
import dev.caravan.intake.PipelineChoice;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.json.Timestamps;
import dev.caravan.media.Probe;
import dev.caravan.storage.MediaFile;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean {@code videoUploads} of the routes that take uploads: take, (check), store, accept, answer. Stored objects are
 * removed again if the upload is not accepted - unless the process dies in between: no record names such objects.
 */
public final class VideoUploads {
    private static final Logger LOG = LoggerFactory.getLogger(VideoUploads.class);

    static final String OWNER = "default";

    private static final String RECEIVED = "upload.received";
    private static final String STORED = "upload.stored";
    private static final String KEY = "upload.key";
    private static final Duration LONG = Duration.ofDays(1);

    private final PendingUploads pendingUploads;
    private final Intake intake;
    private final Pipelines pipelines;
    private final UploadStorage storage;
    private final Clock clock;

    VideoUploads(
            PendingUploads pendingUploads, Intake intake, Pipelines pipelines, UploadStorage storage, Clock clock) {
        this.pendingUploads = pendingUploads;
        this.intake = intake;
        this.pipelines = pipelines;
        this.storage = storage;
        this.clock = clock;
    }

    static ReceivedUpload received(Exchange exchange) {
        return exchange.getProperty(RECEIVED, ReceivedUpload.class);
    }

    /** Replaces the upload by one with more in it. */
    static void received(Exchange exchange, ReceivedUpload receivedUpload) {
        exchange.setProperty(RECEIVED, receivedUpload);
    }

    /** Takes the upload of this request; its files are removed at the latest when the exchange ends. */
    public void take(Exchange exchange) {
        ReceivedUpload receivedUpload = pendingUploads
                .take((String) exchange.getMessage().removeHeader(PendingUploads.HEADER))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_BODY,
                        "The upload of this request is not there",
                        "Send the request again, to the path that the contract names."));
        StoredUpload storedUpload = new StoredUpload(storage, receivedUpload.assetId());
        exchange.setProperty(RECEIVED, receivedUpload);
        exchange.setProperty(STORED, storedUpload);
        exchange.setProperty(KEY, key(exchange, receivedUpload));
        exchange.getExchangeExtension().addOnCompletion(new UploadCleanup(receivedUpload, storedUpload));
        exchange.getMessage().setBody(receivedUpload);
    }

    /** Stores the files under keys that reveal nothing of the client's names, and removes the local files. */
    public void store(Exchange exchange) {
        ReceivedUpload receivedUpload = received(exchange);
        StoredUpload storedUpload = exchange.getProperty(STORED, StoredUpload.class);
        StoredType form = StoredType.of(Probe.of(exchange).container());
        String folder = "media/%s/%s/".formatted(OWNER, receivedUpload.assetId());
        try {
            receivedUpload.files().forEach((part, file) -> {
                boolean video = part.equals(MultipartForm.VIDEO);
                StoredType is =
                        video ? form : StoredType.ofSubtitles(exchange.getProperty(UploadChecks.FORMAT, String.class));
                String key = folder + (video ? "source." : "subtitles.") + is.extension();
                storedUpload.add(part, storage.files().store(file.path(), key, is.contentType(), file.label()));
            });
        } catch (StepException e) {
            throw UploadProblems.of(e);
        }
        receivedUpload.close();
        PipelineChoice.facts(AssetType.VIDEO, OWNER, storedUpload.file(MultipartForm.VIDEO), null)
                .forEach(exchange::setVariable);
    }

    /** Makes an asset and a job of the stored files, in the pipeline that the client's options select. */
    public Intake.Accepted acceptAsAsked(Exchange exchange, String priority) {
        return accept(exchange, received(exchange).options().pipeline(), priority);
    }

    /**
     * Makes an asset and a job of the stored files, and the other jobs that the route choose-pipeline named, if it ran.
     *
     * @return the accepted job: that of the first request, if there is an Idempotency-Key
     * @param priority {@code high}, {@code normal} or {@code low}; high becomes normal for a client that does not wait
     */
    public Intake.Accepted accept(Exchange exchange, String pipeline, String priority) {
        ReceivedUpload receivedUpload = received(exchange);
        StoredUpload storedUpload = exchange.getProperty(STORED, StoredUpload.class);
        MediaFile video = storedUpload.file(MultipartForm.VIDEO);
        PipelineChoice choice = PipelineChoice.of(name -> exchange.getVariable(name, String.class))
                .without(pipeline);
        List<String> required = new ArrayList<>(List.of(pipeline));
        required.addAll(choice.required());
        Asset asset = Asset.uploaded(
                receivedUpload.assetId(), OWNER, AssetType.VIDEO, video, required, null, Timestamps.now(clock));
        Map<String, Object> parameters = receivedUpload.options() == null
                ? Map.of()
                : receivedUpload
                        .options()
                        .parameters(storedUpload.file(MultipartForm.SUBTITLES).key());
        List<Intake.Order> orders = new ArrayList<>();
        orders.add(new Intake.Order(pipeline, priority(exchange, priority), parameters, true));
        orders.addAll(choice.orders(pipelines));
        Intake.Accepted accepted = intake.accept(asset, orders, exchange.getProperty(KEY, IdempotencyKey.class));
        if (accepted.repeated()) {
            LOG.info("{} was uploaded before, under the same key: asset {}", video.filename(), accepted.assetId());
        } else {
            storedUpload.accepted();
            LOG.info(
                    "{} ({} bytes), uploaded over HTTP, is asset {}, job {}",
                    video.filename(),
                    video.size(),
                    accepted.assetId(),
                    accepted.jobs().get(0));
        }
        return accepted;
    }

    /** Returns the priority. Clients that wait are served before those that do not. */
    private static Priority priority(Exchange exchange, String named) {
        Priority priority = Priority.valueOf(named.toUpperCase(Locale.ROOT));
        boolean waits = !Preferences.of(exchange.getMessage().getHeader("Prefer", String.class))
                .within(LONG, LONG)
                .isZero();
        return priority == Priority.HIGH && !waits ? Priority.NORMAL : priority;
    }

    /** Returns the client's key for this request; null without one. It reads the files, so it comes before their removal. */
    private static IdempotencyKey key(Exchange exchange, ReceivedUpload receivedUpload) {
        String name = exchange.getMessage().getHeader("Idempotency-Key", String.class);
        if (name == null) {
            return null;
        }
        StringBuilder request = new StringBuilder(receivedUpload.operation() + " " + receivedUpload.options());
        if (receivedUpload.subtitlesUrl() != null) {
            request.append(' ').append(receivedUpload.subtitlesUrl().text());
        }
        receivedUpload
                .files()
                .forEach((part, file) ->
                        request.append(' ').append(part).append(' ').append(file.sha256()));
        return IdempotencyKey.of(OWNER, name, request.toString());
    }
}
