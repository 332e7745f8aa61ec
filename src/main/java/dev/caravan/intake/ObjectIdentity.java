package dev.caravan.intake;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetId;
import dev.caravan.asset.AssetStatus;
import dev.caravan.job.Jobs;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import dev.caravan.storage.MediaFile;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Records which asset the bytes at a key are, in one small item for each key beside the jobs. An object that is copied onto
 * itself - for other headers, another storage class, another encryption key - has another time and perhaps another version,
 * but it is still the same asset.
 */
final class ObjectIdentity {
    private static final String ASSET = "asset_id";
    private static final String ETAG = "etag";
    private static final String SIZE = "size";

    private final Records records;
    private final Tables tables;

    ObjectIdentity(Records records, Tables tables) {
        this.records = records;
        this.tables = tables;
    }

    /** The content of a key's record; without an asset where there is no record. */
    record Kept(String assetId, String etag, long size) {
        private static final Kept NOTHING = new Kept(null, null, -1);

        boolean holds(MediaFile file) {
            return assetId != null && file.etag().equals(etag) && file.size() == size;
        }
    }

    Kept at(MediaFile file) {
        return records.get(tables.jobs(), key(file))
                .map(Items::map)
                .map(ObjectIdentity::read)
                .orElse(Kept.NOTHING);
    }

    /** The asset that these bytes at this key are, unless it is deleted or failed: then the file may be tried again. */
    Optional<String> alive(Kept kept, MediaFile file) {
        return kept.holds(file) && isAlive(kept.assetId()) ? Optional.of(kept.assetId()) : Optional.empty();
    }

    private boolean isAlive(String assetId) {
        return records.get(tables.assets(), Map.of(ASSET, assetId))
                .map(Items::map)
                .filter(asset -> asset.get("deleted_at") == null)
                .filter(asset -> !AssetStatus.FAILED.word().equals(asset.get("status")))
                .isPresent();
    }

    /** The part of an acceptance that records to which asset the bytes belong; conditional on the record as it was read. */
    TransactWriteItem keep(Asset asset, Kept before) {
        Write write = Write.to(tables.jobs(), key(asset.source()))
                .set(ASSET, asset.assetId())
                .set(ETAG, asset.source().etag())
                .set(SIZE, asset.source().size());
        return (before.assetId() == null ? write.whereMissing(ASSET) : write.where(ASSET, before.assetId())).part();
    }

    private static Kept read(Map<String, Object> item) {
        return new Kept(
                String.valueOf(item.get(ASSET)),
                String.valueOf(item.get(ETAG)),
                item.get(SIZE) instanceof Number size ? size.longValue() : -1);
    }

    private static Map<String, Object> key(MediaFile file) {
        return Jobs.itemKey("bytes#" + AssetId.of(file.bucket(), file.key()), "bytes");
    }
}
