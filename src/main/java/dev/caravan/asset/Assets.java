package dev.caravan.asset;

import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Reads and writes the records of assets. */
public final class Assets {
    /** The table's key. */
    public static final String ID = "asset_id";

    private final Records records;
    private final Tables tables;
    private final Clock clock;

    public Assets(Records records, Tables tables, Clock clock) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
    }

    /** Returns the asset, even a tombstone. */
    public Optional<Asset> find(String assetId) {
        return records.get(tables.assets(), Map.of(ID, assetId)).map(Assets::read);
    }

    public static Map<String, String> key(String assetId) {
        return Map.of(ID, assetId);
    }

    public static Asset read(Map<String, AttributeValue> item) {
        return Json.convert(Items.map(item), Asset.class);
    }

    /** Returns an update that succeeds only while the asset is as it was read. */
    public Write writeOf(Asset asset) {
        return Write.to(tables.assets(), Map.of(ID, asset.assetId()))
                .where("revision", asset.revision())
                .set("revision", asset.revision() + 1)
                .set("updated_at", Timestamps.now(clock));
    }

    /** Returns the part of a transaction that adds an asset, and fails if this id exists, even as a tombstone. */
    public TransactWriteItem create(Asset asset) {
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(tables.assets())
                        .item(Items.item(asset))
                        .conditionExpression("attribute_not_exists(asset_id)")
                        .build())
                .build();
    }

    /** Returns the part of a transaction that succeeds only while the asset exists and is no tombstone. */
    public TransactWriteItem stillThere(String assetId) {
        return TransactWriteItem.builder()
                .conditionCheck(ConditionCheck.builder()
                        .tableName(tables.assets())
                        .key(Items.attributes(key(assetId)))
                        .conditionExpression("attribute_exists(asset_id) AND attribute_not_exists(deleted_at)")
                        .build())
                .build();
    }
}
