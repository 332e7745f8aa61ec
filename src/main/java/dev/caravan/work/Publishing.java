package dev.caravan.work;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.job.Jobs;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Items;
import dev.caravan.records.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Changes of an asset by a job that runs on it: written only while the run still holds its job. */
public final class Publishing {
    private final Jobs jobs;
    private final Assets assets;

    public Publishing(Jobs jobs, Assets assets) {
        this.jobs = jobs;
        this.assets = assets;
    }

    /**
     * Reads the asset and writes what {@code change} makes of it, again and again until nobody else was quicker.
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
                jobs.records()
                        .write(List.of(holds(run), change.apply(asset.get()).part()));
                return asset;
            } catch (ConditionFailed e) {
                if (e.part() == 0) {
                    throw Jobs.fenced(run.jobId(), e);
                }
            }
        }
    }

    private TransactWriteItem holds(RunningJob run) {
        return TransactWriteItem.builder()
                .conditionCheck(ConditionCheck.builder()
                        .tableName(jobs.tables().jobs())
                        .key(Items.attributes(Jobs.key(run.jobId())))
                        .conditionExpression("fence = :fence AND attribute_exists(lease)")
                        .expressionAttributeValues(Items.attributes(Map.of(":fence", run.fence())))
                        .build())
                .build();
    }
}
