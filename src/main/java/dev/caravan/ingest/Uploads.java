package dev.caravan.ingest;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetId;
import dev.caravan.intake.Choice;
import dev.caravan.intake.Intake;
import dev.caravan.job.Pipelines;
import dev.caravan.records.Timestamps;
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
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Objects that became uploads; the bean {@code uploads} of the ingest routes. */
public final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private final S3Client s3;
    private final IngestSettings settings;
    private final Intake intake;
    private final Pipelines pipelines;
    private final Clock clock;
    private final MeterRegistry meters;

    public Uploads(
            S3Client s3,
            IngestSettings settings,
            Intake intake,
            Pipelines pipelines,
            Clock clock,
            MeterRegistry meters) {
        this.s3 = s3;
        this.settings = settings;
        this.intake = intake;
        this.pipelines = pipelines;
        this.clock = clock;
        this.meters = meters;
    }

    /** The creations in a message that are uploads; everything else is counted and left alone. */
    public List<S3Event> uploadsIn(String message) {
        List<S3Event> uploads = new ArrayList<>();
        try {
            for (S3Event event : new S3EventMessage().creations(message)) {
                Optional<String> why = settings.ignored(event.bucket(), event.key());
                why.ifPresentOrElse(reason -> ignore(event, reason), () -> uploads.add(event));
            }
        } catch (S3EventMessage.Unreadable e) {
            LOG.warn("ignored a message on the events queue: {}", e.getMessage());
            count("unreadable");
        }
        return uploads;
    }

    /**
     * Looks at the object as it is now, for its id. The variable {@code upload} is left empty when it is gone again: whatever
     * came after it has an event of its own.
     */
    public void describe(Exchange exchange, S3Event event) {
        try {
            HeadObjectResponse head =
                    s3.headObject(request -> request.bucket(event.bucket()).key(event.key()));
            String etag = head.eTag().replace("\"", "");
            String id = AssetId.of(event.bucket(), event.key(), head.versionId(), etag, head.lastModified());
            exchange.setVariable(Choice.TYPE, IngestSettings.type(event.key()).word());
            exchange.setVariable(Choice.FILENAME, IngestSettings.filename(event.key()));
            exchange.getMessage()
                    .setBody(new Upload(
                            id,
                            new MediaFile(
                                    event.bucket(),
                                    event.key(),
                                    etag,
                                    head.contentLength(),
                                    head.contentType(),
                                    IngestSettings.filename(event.key())),
                            event.sequencer()));
        } catch (NoSuchKeyException e) {
            ignore(event, "gone");
            exchange.getMessage().setBody(null);
        }
    }

    /** Accepts the upload with the jobs that the route choose-pipeline named in the variables required and optional. */
    public void accept(Exchange exchange, Upload upload) {
        Choice choice = Choice.of(name -> exchange.getVariable(name, String.class));
        List<Intake.Order> orders = choice.orders(pipelines);
        if (orders.isEmpty()) {
            count("no-pipeline");
            LOG.info("ignored {}: no pipeline is chosen for it", upload.file().uri());
            return;
        }
        List<String> jobs = intake.accept(asset(upload, choice.required()), orders);
        if (jobs.isEmpty()) {
            count("known");
            LOG.debug("{} is asset {} already", upload.file().uri(), upload.assetId());
        } else {
            count("accepted");
            LOG.info(
                    "{} ({} bytes) is asset {}, job {}",
                    upload.file().uri(),
                    upload.file().size(),
                    upload.assetId(),
                    jobs);
        }
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

    private void ignore(S3Event event, String reason) {
        count(reason);
        LOG.debug("ignored s3://{}/{}: {}", event.bucket(), event.key(), reason);
    }

    private void count(String outcome) {
        Counter.builder("caravan.ingest.events")
                .description("Objects announced to the events queue, by what became of them")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
