package dev.caravan.replicate;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Assets;
import dev.caravan.asset.Generated;
import dev.caravan.asset.Metadata;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.Refusal;
import dev.caravan.http.Problem;
import dev.caravan.http.ProblemCode;
import dev.caravan.imports.Imports;
import dev.caravan.job.Counters;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Finds and changes the assets that wait for a prediction. */
final class WaitingAssets {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingAssets.class);

    private final Assets assets;
    private final Records records;
    private final Counters counters;

    WaitingAssets(Assets assets, Records records, Counters counters) {
        this.assets = assets;
        this.records = records;
        this.counters = counters;
    }

    /** @throws Refusal {@code ASSET_DELETED} */
    Asset find(String assetId) {
        return assets.find(assetId)
                .filter(asset -> !asset.deleted())
                .orElseThrow(() -> new Refusal(
                        "ASSET_DELETED",
                        "The asset %s that this request made was deleted".formatted(assetId),
                        "Use a new Idempotency-Key to start it once more."));
    }

    /** Records the prediction's id. The webhook finds its asset without it, too, and may be quicker. */
    void started(Asset asset, String prediction) {
        try {
            records.update(assets.writeOf(asset)
                    .set("generated", new Generated(asset.generated().model(), prediction))
                    .set("metadata", Metadata.merged(asset.metadata(), Map.of("prediction_id", prediction))));
        } catch (ConditionFailed quicker) {
            LOG.debug("asset {} changed before its prediction's id was written", asset.assetId());
        } catch (SdkException e) {
            LOG.warn(
                    "asset {} does not know its prediction {}; the webhook will tell: {}",
                    asset.assetId(),
                    prediction,
                    e.getMessage());
        }
    }

    /** Records that no file will come. */
    void failed(Asset asset, Problem problem) {
        FailureKind kind = problem.code().equals(ProblemCode.PROVIDER_UNAVAILABLE.name())
                ? FailureKind.TRANSIENT
                : FailureKind.PERMANENT;
        Failure failure = new Failure(problem.code(), kind, null, problem.detail(), problem.advice(), null);
        move(
                asset,
                AssetStatus.FAILED,
                assets.writeOf(asset).set("error", failure).remove("open_required"));
    }

    /** Lets an asset whose call failed wait again, for one caller only. Empty if there is nothing to resume. */
    Optional<Asset> takeUpAgain(Asset asset) {
        boolean untouched = asset.status() == AssetStatus.FAILED
                && asset.imported() == null
                && asset.error() != null
                && asset.error().code().equals(ProblemCode.PROVIDER_UNAVAILABLE.name());
        Write write = assets.writeOf(asset)
                .set("open_required", Set.of(Imports.pipeline(asset.type())))
                .remove("error");
        return untouched && move(asset, AssetStatus.UPLOADING, write)
                ? Optional.of(find(asset.assetId()))
                : Optional.empty();
    }

    private boolean move(Asset asset, AssetStatus to, Write write) {
        try {
            records.write(List.of(write.set("status", to.word()).part(), counters.move(asset, asset.status(), to)));
            return true;
        } catch (ConditionFailed quicker) {
            return false;
        }
    }
}
