package dev.caravan.imports;

import dev.caravan.asset.Assets;
import dev.caravan.job.Jobs;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** Remembers the bytes that an owner has imported: one record per owner and hash, beside the jobs, names the first asset. */
final class ImportDeduplication {
    private final Records records;
    private final Tables tables;
    private final Assets assets;

    ImportDeduplication(Records records, Tables tables, Assets assets) {
        this.records = records;
        this.tables = tables;
        this.assets = assets;
    }

    /**
     * Remembers that {@code assetId} has these bytes, unless another asset had them before and still exists.
     *
     * @return that other asset's id
     */
    Optional<String> firstOther(String owner, String sha256, String assetId) {
        Map<String, Object> key = Jobs.itemKey("content#" + hash(owner + "\n" + sha256), "content");
        Optional<String> known = records.get(tables.jobs(), key)
                .map(item -> String.valueOf(Items.map(item).get("asset")));
        if (known.isPresent() && (known.get().equals(assetId) || there(known.get()))) {
            return known.filter(other -> !other.equals(assetId));
        }
        Write write = Write.to(tables.jobs(), key).set("asset", assetId);
        try {
            records.update(known.isPresent() ? write.where("asset", known.get()) : write.whereMissing("asset"));
            return Optional.empty();
        } catch (ConditionFailed quicker) {
            return firstOther(owner, sha256, assetId);
        }
    }

    private boolean there(String assetId) {
        return assets.find(assetId).filter(asset -> !asset.deleted()).isPresent();
    }

    private static String hash(String text) {
        return DigestUtils.sha256Hex(text);
    }
}
