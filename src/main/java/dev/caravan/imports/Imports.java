package dev.caravan.imports;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Generated;
import dev.caravan.asset.Imported;
import dev.caravan.intake.Intake;
import dev.caravan.job.Priority;
import dev.caravan.json.Timestamps;
import dev.caravan.storage.MediaFile;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Makes assets whose file is yet to be fetched, and the jobs that fetch it. */
public final class Imports {
    private static final Map<AssetType, String> PIPELINES =
            Map.of(AssetType.VIDEO, "import-media", AssetType.IMAGE, "import-image", AssetType.AUDIO, "import-audio");
    private static final int ID_BYTES = 12;

    private final String bucket;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Imports(String bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    public String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /**
     * @param name for display
     * @param imported null while the file to fetch is unknown
     * @param generated null if no model made it
     */
    public Asset announced(
            String assetId,
            String owner,
            AssetType type,
            String name,
            Imported imported,
            Generated generated,
            Map<String, Object> metadata,
            List<String> tags) {
        String place = "media/%s/%s/import".formatted(owner, assetId);
        return Asset.announced(
                assetId,
                owner,
                type,
                new MediaFile(bucket, place, "", 0, null, name),
                imported,
                generated,
                metadata,
                tags,
                pipeline(type),
                Timestamps.now(clock));
    }

    /** Returns the pipeline for a file of this type. */
    public static String pipeline(AssetType type) {
        return PIPELINES.get(type);
    }

    public static Intake.Order order(AssetType type) {
        return new Intake.Order(pipeline(type), Priority.NORMAL, Map.of(), true);
    }

    /** Returns one line of visible characters: no controls, and none that turn the direction of the following text. */
    public static String name(String given) {
        return given.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\u200D]]", "")
                .strip();
    }
}
