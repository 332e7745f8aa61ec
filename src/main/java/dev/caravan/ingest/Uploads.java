package dev.caravan.ingest;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetId;
import dev.caravan.intake.Intake;
import dev.caravan.intake.PipelineChoice;
import dev.caravan.job.Pipelines;
import dev.caravan.json.Timestamps;
import dev.caravan.storage.MediaFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Accepts objects as uploads; the bean {@code uploads} of the ingest routes. */
public final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    /** All are registered at start, so that an alert sees the first one of its kind as an increase. */
    private static final List<String> OUTCOMES = List.of(
            "accepted",
            "known",
            "gone",
            "unusable",
            "unreadable",
            "no-pipeline",
            "other-bucket",
            "folder",
            "own-output",
            "prefix",
            "extension");

    private final AnnouncedObject objects;
    private final IngestSettings settings;
    private final Intake intake;
    private final Pipelines pipelines;
    private final Clock clock;
    private final MeterRegistry meters;
    private final SkippedObjects skippedObjects;

    /** @param passedOver remembers objects that could not be accepted */
    public Uploads(
            S3Client s3,
            IngestSettings settings,
            Intake intake,
            Pipelines pipelines,
            Clock clock,
            MeterRegistry meters,
            SkippedObjects skippedObjects) {
        this.objects = new AnnouncedObject(s3);
        this.settings = settings;
        this.intake = intake;
        this.pipelines = pipelines;
        this.clock = clock;
        this.meters = meters;
        this.skippedObjects = skippedObjects;
        OUTCOMES.forEach(this::counter);
    }

    /** Returns the creations in a message that are uploads; counts all others and ignores them. */
    public List<S3Event> uploadsIn(String message) {
        List<S3Event> uploads = new ArrayList<>();
        try {
            for (S3Event event : new S3EventMessage(this::unreadable).creations(message)) {
                add(event, uploads);
            }
        } catch (S3EventMessage.Unreadable e) {
            unreadable(e.getMessage());
        }
        return uploads;
    }

    private void add(S3Event event, List<S3Event> uploads) {
        List<String> keys = event.keys().stream()
                .filter(key -> settings.ignored(event.bucket(), key).isEmpty())
                .toList();
        if (keys.isEmpty()) {
            ignore(event, settings.ignored(event.bucket(), event.key()).orElseThrow());
        } else {
            uploads.add(keys.size() == event.keys().size() ? event : event.of(keys.get(0)));
        }
    }

    private void unreadable(String why) {
        LOG.warn("ignored a message on the events queue: {}", why);
        count("unreadable");
    }

    /**
     * Reads the object's current state, for its id. The body is left empty when the object no longer exists (a later object
     * has its own event), and when it is unusable.
     */
    public void describe(Exchange exchange, S3Event event) {
        Upload upload = null;
        try {
            Optional<AnnouncedObject.Found> found = objects.find(event);
            if (found.isEmpty()) {
                ignore(event, "gone");
            } else {
                upload = upload(event, found.get());
                skippedObjects.remove(event.key());
                MediaFile file = upload.file();
                PipelineChoice.facts(IngestSettings.type(file.key()), settings.owner(file.key()), file, null)
                        .forEach(exchange::setVariable);
            }
        } catch (UnusableObject e) {
            passOver(event, e.getMessage());
        }
        exchange.getMessage().setBody(upload);
    }

    private static Upload upload(S3Event event, AnnouncedObject.Found found) {
        HeadObjectResponse head = found.head();
        String etag = AnnouncedObject.etag(head);
        if (etag == null || head.lastModified() == null || head.contentLength() == null) {
            throw new UnusableObject("S3 names no eTag, time or size for it, so it was not put there through S3");
        }
        String id = AssetId.of(event.bucket(), found.key(), head.versionId(), etag, head.lastModified());
        MediaFile file = new MediaFile(
                event.bucket(),
                found.key(),
                etag,
                head.contentLength(),
                head.contentType(),
                IngestSettings.filename(found.key()));
        return new Upload(id, file, event.sequencer());
    }

    private void passOver(S3Event event, String why) {
        count("unusable");
        if (skippedObjects.add(event.key(), why)) {
            LOG.warn(
                    "passed over {}: {}. Mend it and put it again, or wait: the reconciler's comparison tries it again.",
                    DisplayKey.of(event.bucket(), event.key()),
                    why);
        }
    }

    /** Accepts the upload with the jobs that the route choose-pipeline named in the variables required and optional. */
    public void accept(Exchange exchange, Upload upload) {
        PipelineChoice choice = PipelineChoice.of(name -> exchange.getVariable(name, String.class));
        List<Intake.Order> orders = choice.orders(pipelines);
        if (orders.isEmpty()) {
            count("no-pipeline");
            LOG.info("ignored {}: no pipeline is chosen for it", shown(upload));
            return;
        }
        List<String> jobs = intake.acceptObject(asset(upload, choice.required()), orders);
        if (jobs.isEmpty()) {
            count("known");
            LOG.debug("{} is an asset already, or its bytes at that key are", shown(upload));
        } else {
            count("accepted");
            LOG.info(
                    "{} ({} bytes) is asset {}, job {}",
                    shown(upload),
                    upload.file().size(),
                    upload.assetId(),
                    jobs);
        }
    }

    private static String shown(Upload upload) {
        return DisplayKey.of(upload.file().bucket(), upload.file().key());
    }

    private Asset asset(Upload upload, List<String> required) {
        MediaFile file = upload.file();
        return Asset.uploaded(
                upload.assetId(),
                settings.owner(file.key()),
                IngestSettings.type(file.key()),
                file,
                required,
                upload.sequencer(),
                Timestamps.now(clock));
    }

    /** A file that is not media may be a client's mistake and is logged; all else is normal. */
    private void ignore(S3Event event, String reason) {
        count(reason);
        String object = DisplayKey.of(event.bucket(), event.key());
        if (reason.equals("extension")) {
            LOG.info("ignored {}: caravan.ingest.allowed-extensions has no such ending", object);
        } else {
            LOG.debug("ignored {}: {}", object, reason);
        }
    }

    private void count(String outcome) {
        counter(outcome).increment();
    }

    private Counter counter(String outcome) {
        return Counter.builder("caravan.ingest.events")
                .description("Objects announced to the events queue, by what became of them")
                .tag("outcome", outcome)
                .register(meters);
    }
}
