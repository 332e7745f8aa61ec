package dev.caravan.publish;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.asset.Derivative;
import dev.caravan.asset.Warning;
import dev.caravan.records.Json;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Publishing;
import dev.caravan.work.RunningJob;
import dev.caravan.work.StepContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean {@code publication} of the Kamelet publish-action. */
public final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private final Assets assets;
    private final Publishing publishing;
    private final Files files;
    private final Clock clock;

    public Publication(Assets assets, Publishing publishing, Files files, Clock clock) {
        this.assets = assets;
        this.publishing = publishing;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Makes the body a derivative of the asset, and its file of the moment. Done twice it changes nothing more.
     *
     * @param type of the derivative: {@code standard-video}
     * @param description what an earlier step learned of the file: {@code width}, {@code height}, {@code duration}
     */
    public void publish(Exchange exchange, String type, Map<String, Object> description) {
        RunningJob run = (RunningJob) StepContext.of(exchange);
        Made made = new Made(type, exchange.getMessage().getBody(MediaFile.class), description);
        Optional<Asset> published = publishing.write(run, asset -> change(asset, run, made));
        if (published.isEmpty()) {
            LOG.info("job {}: asset {} was deleted meanwhile; nothing to publish", run.jobId(), run.assetId());
        }
    }

    /** Removes the upload, now that the asset has another file. */
    public void removeOriginal(Exchange exchange) {
        RunningJob run = (RunningJob) StepContext.of(exchange);
        MediaFile original = run.job().source();
        MediaFile current = exchange.getMessage().getBody(MediaFile.class);
        if (!original.uri().equals(current.uri())) {
            files.remove(original);
            LOG.info("job {}: removed the original {}", run.jobId(), original.uri());
        }
    }

    private record Made(String type, MediaFile file, Map<String, Object> description) {
        private Integer integer(String name) {
            return description.get(name) instanceof Number number ? number.intValue() : null;
        }

        private Double duration() {
            return description.get("duration") instanceof Number number ? number.doubleValue() : null;
        }

        private String resolution() {
            return integer("width") == null ? null : integer("width") + "x" + integer("height");
        }
    }

    private Write change(Asset asset, RunningJob run, Made made) {
        long before = asset.source().size();
        long after = made.file().size();
        return assets.writeOf(asset)
                .set("file", Json.toMap(made.file()))
                .set(
                        "derivatives",
                        derivatives(asset, run, made).stream().map(Json::toMap).toList())
                .set("duration", made.duration())
                .set("resolution", made.resolution())
                .set("size_before", before)
                .set("size_after", after)
                .set("compression_ratio", after == 0 ? null : Math.round(100.0 * before / after) / 100.0)
                .set("warnings", warnings(run));
    }

    private List<Derivative> derivatives(Asset asset, RunningJob run, Made made) {
        List<Derivative> all = new ArrayList<>(asset.derivatives() == null ? List.of() : asset.derivatives());
        all.removeIf(old -> old.type().equals(made.type()));
        all.add(new Derivative(
                made.type(),
                made.file(),
                made.integer("width"),
                made.integer("height"),
                made.duration(),
                run.jobId(),
                Timestamps.now(clock)));
        return all;
    }

    /** What the steps of this job warned of; null when they did not. */
    private static List<Object> warnings(RunningJob run) {
        List<Object> all = new ArrayList<>();
        run.steps().values().forEach(step -> {
            if (step.warnings() != null) {
                step.warnings().stream().map((Warning w) -> Json.toMap(w)).forEach(all::add);
            }
        });
        return all.isEmpty() ? null : all;
    }
}
