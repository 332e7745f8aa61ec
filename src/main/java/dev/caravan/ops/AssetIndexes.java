package dev.caravan.ops;

import static dev.caravan.ops.Schema.index;

import dev.caravan.records.Tables;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;

/** Defines the indexes of the table of assets, with the attributes that they project. */
final class AssetIndexes {
    static final List<GlobalSecondaryIndex> ALL = List.of(
            index(
                    Tables.BY_STATUS,
                    List.of("status", "created_at"),
                    List.of("type", "filename", "owner", "deleted_at")),
            index(Tables.BY_SOURCE, List.of("source_video_id"), List.of("status", "deleted_at")),
            index(Tables.BY_FILENAME, List.of("filename"), List.of("status", "deleted_at")));

    private AssetIndexes() {}
}
