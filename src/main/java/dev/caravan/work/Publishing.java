package dev.caravan.work;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.job.Jobs;
import dev.caravan.job.RunTransitions;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Write;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Changes an asset on behalf of a job that runs on it, only while the run still holds its job. */
public final class Publishing {
    private final Records records;
    private final RunTransitions transitions;
    private final Assets assets;

    public Publishing(Records records, RunTransitions transitions, Assets assets) {
        this.records = records;
        this.transitions = transitions;
        this.assets = assets;
    }

    /**
     * Reads the asset and writes the change that {@code change} makes, and repeats this until no other write comes in
     * between.
     *
     * @return the asset as it was; empty when it is deleted
     */
    public Optional<Asset> write(RunningJob run, Function<Asset, Write> change) {
        while (true) {
            Optional<Asset> asset = assets.find(run.assetId()).filter(found -> !found.deleted());
            if (asset.isEmpty()) {
                return asset;
            }
            try {
                records.write(List.of(
                        transitions.stillHeld(run.job()),
                        change.apply(asset.get()).part()));
                return asset;
            } catch (ConditionFailed e) {
                if (e.part() == 0) {
                    throw Jobs.fenced(run.jobId(), e);
                }
            }
        }
    }
}
