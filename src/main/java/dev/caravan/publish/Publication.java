package dev.caravan.publish;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Assets;
import dev.caravan.asset.Derivative;
import dev.caravan.asset.Warning;
import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Write;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Made;
import dev.caravan.work.Publishing;
import dev.caravan.work.RunningJob;
import dev.caravan.work.StepContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean {@code publication} of the Kamelets publish-action, publish-derivatives-action and publish-description-action:
 * makes a job's results part of the asset.
 */
public final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    /** Key in a step's description: facts of the sound that the step decoded. */
    private static final String HEARD = "media";

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
     * Makes the body a derivative of the asset, and its current file. A repetition changes nothing.
     *
     * @param type type of the derivative, such as {@code standard-video}
     * @param description facts that an earlier step found: {@code width}, {@code height}, {@code duration}; and the other
     *     files that it made, as a list {@code files} of {@link Made}
     * @throws StepException permanent {@code PARAMETER_INVALID} if no step left that variable
     */
    public void publish(Exchange exchange, String type, Map<String, Object> description) {
        if (description == null) {
            throw StepException.permanent(
                    "PARAMETER_INVALID",
                    "The variable that describedBy names is not set; there are "
                            + String.join(
                                    ", ", new TreeSet<>(exchange.getVariables().keySet())),
                    "Name the variable of a step that runs before this one.");
        }
        RunningJob run = (RunningJob) StepContext.of(exchange);
        Current current = new Current(type, exchange.getMessage().getBody(MediaFile.class), description);
        write(run, asset -> change(asset, run, current));
    }

    /**
     * Makes the files of an earlier step derivatives of the asset; its current file stays. A repetition changes nothing.
     *
     * @param type type of the body, which becomes a derivative too; empty to leave it out
     * @param description the step's variable, with a list {@code files} of {@link Made}; null if that step was skipped
     * @throws StepException skipped {@code NOTHING_MADE}; permanent {@code PARAMETER_INVALID} for a type that a file of that
     *     step has
     */
    public void add(Exchange exchange, String type, Map<String, Object> description) {
        if (description == null) {
            throw StepException.skipped("NOTHING_MADE", "The steps before made no files");
        }
        RunningJob run = (RunningJob) StepContext.of(exchange);
        Stream<Derivative> body = type == null || type.isBlank()
                ? Stream.of()
                : Stream.of(derivative(
                        run, new Current(type, exchange.getMessage().getBody(MediaFile.class), description)));
        List<Derivative> made = Stream.concat(body, made(run, description)).toList();
        if (made.stream().filter(file -> file.type().equals(type)).count() > 1) {
            throw StepException.permanent(
                    "PARAMETER_INVALID",
                    "The type %s is that of a file which an earlier step made".formatted(type),
                    "Leave type out of publish-derivatives-action: it publishes what that step made, and with a type the job's current file as well.");
        }
        write(run, asset -> {
            Write write = assets.writeOf(asset)
                    .set("derivatives", json(with(asset, made)))
                    .set("warnings", warnings(asset, run));
            return asset.type() == AssetType.AUDIO ? heard(write, asset, description) : write;
        });
    }

    /** Takes the length from a step that decoded all of the sound; without one, the probe's facts stay. */
    private static Write heard(Write write, Asset asset, Map<String, Object> description) {
        if (!(description.get(HEARD) instanceof Map<?, ?> heard)) {
            return write;
        }
        Map<String, Object> media =
                new HashMap<>(Optional.ofNullable(asset.media()).orElse(Map.of()));
        heard.forEach((name, value) -> media.put(String.valueOf(name), value));
        return write.set("media", media);
    }

    /**
     * Writes the facts of the file to its asset. A repetition changes nothing.
     *
     * @param probe the variable of probe-file-action
     * @param hash the variable of hash-file-action
     */
    public void describe(Exchange exchange, Map<String, Object> probe, Map<String, Object> hash) {
        RunningJob run = (RunningJob) StepContext.of(exchange);
        Map<String, Object> media = new HashMap<>(probe);
        media.putAll(hash);
        bitRate(media).ifPresent(rate -> media.put("bit_rate", rate));
        media.put("job_id", run.jobId());
        write(run, asset -> assets.writeOf(asset).set("media", media).set("warnings", warnings(asset, run)));
    }

    /** Returns the bit rate of the whole file, in bits per second. */
    private static Optional<Long> bitRate(Map<String, Object> media) {
        return media.get("duration") instanceof Number seconds
                        && seconds.doubleValue() > 0
                        && media.get("size") instanceof Number bytes
                ? Optional.of(Math.round(bytes.doubleValue() * 8 / seconds.doubleValue()))
                : Optional.empty();
    }

    private void write(RunningJob run, Function<Asset, Write> change) {
        if (publishing.write(run, change).isEmpty()) {
            LOG.info("job {}: asset {} was deleted meanwhile; nothing to publish", run.jobId(), run.assetId());
        }
    }

    /** Removes the upload, after the asset has another file. */
    public void removeOriginal(Exchange exchange) {
        RunningJob run = (RunningJob) StepContext.of(exchange);
        MediaFile original = run.job().source();
        MediaFile current = exchange.getMessage().getBody(MediaFile.class);
        if (!original.uri().equals(current.uri())) {
            files.remove(original);
            LOG.info("job {}: removed the original {}", run.jobId(), original.uri());
        }
    }

    private record Current(String type, MediaFile file, Map<String, Object> description) {
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

    private Write change(Asset asset, RunningJob run, Current made) {
        long before = asset.source().size();
        long after = made.file().size();
        List<Derivative> all = Stream.concat(Stream.of(derivative(run, made)), made(run, made.description()))
                .toList();
        return assets.writeOf(asset)
                .set("file", Json.toMap(made.file()))
                .set("derivatives", json(with(asset, all)))
                .set("duration", made.duration())
                .set("resolution", made.resolution())
                .set("size_before", before)
                .set("size_after", after)
                .set("compression_ratio", after == 0 ? null : Math.round(100.0 * before / after) / 100.0)
                .set("warnings", warnings(asset, run));
    }

    private Stream<Derivative> made(RunningJob run, Map<String, Object> description) {
        Object files = description.getOrDefault(Made.FILES, List.of());
        return Json.MAPPER.convertValue(files, new TypeReference<List<Made>>() {}).stream()
                .map(file -> derivative(run, file));
    }

    private Derivative derivative(RunningJob run, Made made) {
        return new Derivative(
                made.type(),
                made.file(),
                made.width(),
                made.height(),
                made.duration(),
                made.time(),
                made.sha256(),
                run.jobId(),
                Timestamps.now(clock));
    }

    private Derivative derivative(RunningJob run, Current made) {
        return new Derivative(
                made.type(),
                made.file(),
                made.integer("width"),
                made.integer("height"),
                made.duration(),
                null,
                made.description().get("sha256") instanceof String sha256 ? sha256 : null,
                run.jobId(),
                Timestamps.now(clock));
    }

    /** Returns the asset's derivatives with the new ones, which replace those of the same type. */
    private static List<Derivative> with(Asset asset, List<Derivative> made) {
        List<Derivative> all = new ArrayList<>(asset.derivatives() == null ? List.of() : asset.derivatives());
        all.removeIf(old -> made.stream().anyMatch(newer -> newer.type().equals(old.type())));
        all.addAll(made);
        return all;
    }

    private static List<?> json(List<Derivative> derivatives) {
        return derivatives.stream().map(Json::toMap).toList();
    }

    /** Returns the warnings of other pipelines, and those of this job's steps; null if there are none. */
    private static List<Object> warnings(Asset asset, RunningJob run) {
        String pipeline = run.job().pipeline();
        Stream<Warning> others = Optional.ofNullable(asset.warnings()).orElse(List.of()).stream()
                .filter(warning ->
                        warning.pipeline() != null && !warning.pipeline().equals(pipeline));
        Stream<Warning> ours = run.steps().values().stream()
                .flatMap(step -> Optional.ofNullable(step.warnings()).orElse(List.of()).stream())
                .map(warning -> warning.of(pipeline));
        List<Object> all =
                Stream.concat(others, ours).distinct().<Object>map(Json::toMap).toList();
        return all.isEmpty() ? null : all;
    }
}
