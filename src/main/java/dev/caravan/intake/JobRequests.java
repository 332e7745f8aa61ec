package dev.caravan.intake;

import dev.caravan.asset.Asset;
import dev.caravan.failure.Refusal;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.job.StepRecord;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks and accepts jobs that a client requests on an existing asset. */
public final class JobRequests {
    private final Intake intake;
    private final Pipelines pipelines;
    private final EarlierRun earlier;
    private final Files files;

    public JobRequests(Intake intake, Pipelines pipelines, EarlierRun earlier, Files files) {
        this.files = files;
        this.intake = intake;
        this.pipelines = pipelines;
        this.earlier = earlier;
    }

    /**
     * The content of a request.
     *
     * @param parameters by name; absent ones have the pipeline's defaults
     * @param priority null for the pipeline's own
     * @param startFrom id of the step to begin with; null for the first
     * @param runAt not to start before; null to start immediately
     */
    public record Wish(
            String pipeline, Map<String, Object> parameters, Priority priority, String startFrom, Instant runAt) {
        public Wish(String pipeline, Map<String, Object> parameters, Priority priority, String startFrom) {
            this(pipeline, parameters, priority, startFrom, null);
        }
    }

    /**
     * @return empty when the asset is deleted
     * @throws Refusal when the request cannot be carried out
     */
    public Optional<Intake.Accepted> add(Asset asset, Wish wish, IdempotencyKey key) {
        pipelines.check(wish.pipeline(), wish.parameters(), wish.startFrom());
        return intake.add(
                asset,
                new Intake.Order(
                        wish.pipeline(),
                        Optional.ofNullable(wish.priority()).orElseGet(() -> pipelines.priority(wish.pipeline())),
                        wish.parameters(),
                        false,
                        wish.startFrom(),
                        wish.startFrom() == null ? Map.of() : earlierSteps(asset, wish),
                        source(asset),
                        wish.runAt()),
                key);
    }

    /** The original, or the file that replaced it where originals are not kept. */
    private MediaFile source(Asset asset) {
        boolean replaced = asset.file() != null && !asset.file().equals(asset.source());
        return replaced && !files.exists(asset.source()) ? asset.file() : asset.source();
    }

    private Map<String, StepRecord> earlierSteps(Asset asset, Wish wish) {
        List<String> before = pipelines.before(wish.pipeline(), wish.startFrom());
        return earlier.finished(asset.assetId(), wish.pipeline(), before)
                .orElseThrow(() -> new Refusal(
                        "NOTHING_TO_START_FROM",
                        "No earlier %s of this asset has finished %s"
                                .formatted(wish.pipeline(), String.join(", ", before)),
                        "Leave start_from away, so that the job begins with its first step."));
    }
}
