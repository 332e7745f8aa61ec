package dev.caravan;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Derivative;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import dev.caravan.storage.MediaFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Objects of random bytes, and the records of videos that they are the files of: as if pipelines had made them. */
final class Footage {
    static final Instant UPLOADED = Instant.parse("2026-01-06T10:30:00Z");
    static final Instant MADE = UPLOADED.plusSeconds(60);

    private final TestCaravan caravan;
    private final String folder = "footage/" + UUID.randomUUID() + "/";
    private final Random random = new Random(42);

    Footage(TestCaravan caravan) {
        this.caravan = caravan;
    }

    byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    MediaFile put(byte[] bytes, String name, String contentType, String filename) {
        String bucket = caravan.property("caravan.s3.bucket");
        String etag = caravan.clients()
                .s3()
                .putObject(
                        request -> request.bucket(bucket).key(folder + name).contentType(contentType),
                        RequestBody.fromBytes(bytes))
                .eTag();
        return new MediaFile(bucket, folder + name, etag.replace("\"", ""), bytes.length, contentType, filename);
    }

    /** A video of one file. Returns its id. */
    String video(MediaFile file) {
        return record(file, file, List.of(), asset -> asset);
    }

    /** A video with a standard video, which is its file of the moment. */
    String video(MediaFile source, MediaFile standard) {
        Derivative derivative =
                new Derivative("standard-video", standard, 1080, 1920, 1.0, null, null, "job", Timestamps.of(MADE));
        return record(source, standard, List.of(derivative), asset -> asset);
    }

    /** @param change of the record before it is written */
    String record(
            MediaFile source,
            MediaFile file,
            List<Derivative> derivatives,
            UnaryOperator<Map<String, AttributeValue>> change) {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        Asset asset = new Asset(
                id,
                Asset.SCHEMA_VERSION,
                "default",
                AssetType.VIDEO,
                AssetStatus.READY,
                source == null ? null : source.filename(),
                source,
                file,
                null,
                1.0,
                null,
                null,
                null,
                null,
                null,
                derivatives,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Timestamps.of(UPLOADED),
                Timestamps.of(MADE),
                null,
                1,
                null);
        caravan.clients().dynamo().putItem(request -> request.tableName(
                        caravan.caravan().setting("caravan.table.assets"))
                .item(change.apply(Items.item(asset))));
        return id;
    }
}
