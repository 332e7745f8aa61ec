package dev.caravan.replicate;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetId;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Assets;
import dev.caravan.asset.Generated;
import dev.caravan.asset.Imported;
import dev.caravan.asset.Metadata;
import dev.caravan.asset.Tags;
import dev.caravan.failure.Failure;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.FetchTarget;
import dev.caravan.imports.DataUri;
import dev.caravan.imports.Imports;
import dev.caravan.intake.Intake;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Write;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Makes assets of a prediction's files: the waiting asset gets the first file, each further file becomes another asset. */
final class PredictionOutputs {
    private static final String DEFAULT_OWNER = "default";

    private final Imports imports;
    private final Assets assets;
    private final Clock clock;
    private final Duration keepTrying;

    PredictionOutputs(Imports imports, Assets assets, Clock clock, Duration keepTrying) {
        this.imports = imports;
        this.assets = assets;
        this.clock = clock;
        this.keepTrying = keepTrying;
    }

    /**
     * Returns the files to accept.
     *
     * @param waiting the asset that waits for the prediction, or null if the prediction was started elsewhere
     */
    List<Intake.Arrival> arrivals(Prediction prediction, Asset waiting) {
        Optional<Failure> failure = prediction.failure();
        List<String> outputs = prediction.outputs();
        List<Intake.Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < (failure.isPresent() ? 1 : outputs.size()); i++) {
            Asset before = i == 0 ? waiting : null;
            arrivals.add(
                    failure.isPresent()
                            ? failed(id(prediction, waiting, i), before, prediction, failure.get())
                            : arrival(id(prediction, waiting, i), before, waiting, prediction, i, outputs.get(i)));
        }
        return arrivals;
    }

    /** Returns the same id for every webhook of the prediction. */
    private static String id(Prediction prediction, Asset waiting, int output) {
        return output == 0 && waiting != null
                ? waiting.assetId()
                : AssetId.of("replicate", prediction.id(), String.valueOf(output));
    }

    private Intake.Arrival arrival(
            String id, Asset before, Asset waiting, Prediction prediction, int output, String url) {
        AssetType type;
        Imported imported;
        try {
            if (DataUri.isMedia(url)) {
                DataUri data = DataUri.of(url);
                type = data.type();
                imported = Imported.from(url, data.shown());
            } else {
                FetchTarget target = FetchTarget.of(url);
                type = type(target, waiting);
                imported = Imported.from(target.text(), target.masked())
                        .until(Timestamps.of(clock.instant().plus(keepTrying)));
            }
        } catch (StepException e) {
            return failed(id, before, prediction, e.failure());
        }
        Asset asset = asset(id, waiting, prediction, type, output, imported);
        TransactWriteItem change = before == null
                ? null
                : change(before, asset)
                        .set("status", AssetStatus.UPLOADING.word())
                        .set("open_required", Set.of(Imports.pipeline(type)))
                        .remove("error")
                        .part();
        return new Intake.Arrival(asset, before, change, List.of(Imports.order(type)));
    }

    private Intake.Arrival failed(String id, Asset before, Prediction prediction, Failure failure) {
        AssetType type = before == null ? AssetType.VIDEO : before.type();
        Asset asset = asset(id, before, prediction, type, 0, null).failed(failure);
        TransactWriteItem change = before == null
                ? null
                : change(before, asset)
                        .set("status", AssetStatus.FAILED.word())
                        .set("error", failure)
                        .remove("open_required")
                        .part();
        return new Intake.Arrival(asset, before, change, List.of());
    }

    private Write change(Asset before, Asset asset) {
        return assets.writeOf(before)
                .set("type", asset.type().word())
                .set("imported", asset.imported())
                .set("generated", asset.generated())
                .set("metadata", asset.metadata())
                .set("tags", asset.tags());
    }

    private Asset asset(
            String id, Asset waiting, Prediction prediction, AssetType type, int output, Imported imported) {
        String name = waiting == null ? GeneratedNames.of(prediction.prompt(), prediction.model()) : waiting.filename();
        return imports.announced(
                id,
                waiting == null ? DEFAULT_OWNER : waiting.owner(),
                type,
                output == 0 ? name : name + " " + (output + 1),
                imported,
                new Generated(model(prediction, waiting), prediction.id()),
                metadata(prediction, waiting),
                tags(waiting));
    }

    private static String model(Prediction prediction, Asset waiting) {
        return prediction.model() == null && waiting != null
                ? waiting.generated().model()
                : prediction.model();
    }

    private static Map<String, Object> metadata(Prediction prediction, Asset waiting) {
        Map<String, Object> learned = new LinkedHashMap<>();
        learned.put("model", model(prediction, waiting));
        learned.put("prompt", prediction.prompt());
        learned.put("prediction_id", prediction.id());
        learned.values().removeIf(value -> value == null);
        return Metadata.merged(waiting == null ? null : waiting.metadata(), learned);
    }

    private static List<String> tags(Asset waiting) {
        Set<String> tags = new LinkedHashSet<>(Set.of(Tags.GENERATED));
        if (waiting != null && waiting.tags() != null) {
            tags.addAll(waiting.tags());
        }
        return List.copyOf(tags);
    }

    /** Returns the type by the file's extension, or the expected one if it has none. */
    private static AssetType type(FetchTarget target, Asset waiting) {
        String path = target.path().replaceFirst("[?].*", "");
        String name = path.substring(path.lastIndexOf('/') + 1);
        return waiting == null || name.contains(".") ? AssetType.named(name) : waiting.type();
    }
}
