package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Assets;
import dev.caravan.control.AssetRepair;
import dev.caravan.control.Deletion;
import dev.caravan.http.Answers;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.records.Write;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Changes and deletes videos for clients; the bean {@code videoChanges} of the routes patch-video and delete-video. */
public final class VideoChanges {
    private final Assets assets;
    private final AssetRepair repair;
    private final Deletion deletion;
    private final Links links;

    VideoChanges(Assets assets, AssetRepair repair, Deletion deletion, Links links) {
        this.assets = assets;
        this.repair = repair;
        this.deletion = deletion;
        this.links = links;
    }

    /**
     * Changes the fields that the body names.
     *
     * @return the video as it is now
     * @throws ProblemException {@code UNKNOWN_VIDEO}, {@code STALE_REVISION}, {@code FILE_SIZE_DIFFERS}, {@code
     *     IMPOSSIBLE_TRANSITION}, {@code VIDEO_BUSY}
     */
    public VideoView patch(Exchange exchange, @Header("video_id") String id, JsonNode body) {
        String expected = exchange.getMessage().getHeader("If-Match", String.class);
        AssetStatus status = Optional.ofNullable(body.get("status"))
                .map(word -> VideoView.status(word.asText()))
                .orElse(null);
        Asset changed = repair.write(id, status, asset -> {
                    checkVideo(asset);
                    RecordEtag.check(asset, expected);
                    return change(asset, body);
                })
                .orElseThrow(() -> Videos.unknown(id));
        Answers.header(exchange, "ETag", RecordEtag.tag(changed));
        return VideoView.of(changed, links);
    }

    private Write change(Asset asset, JsonNode body) {
        Write write = assets.writeOf(asset);
        if (body.has("file_size")) {
            checkSize(asset, body.get("file_size").asLong());
        }
        if (body.has("duration")) {
            write.set(
                    "duration",
                    body.get("duration").isNull() ? null : body.get("duration").asDouble());
        }
        if (body.has("resolution")) {
            write.set("resolution", body.get("resolution").textValue());
        }
        if (body.has("description")) {
            write.set("description", body.get("description").textValue());
        }
        return write;
    }

    /** Checks the size, which only S3 knows; a client may only confirm it. */
    private static void checkSize(Asset asset, long size) {
        if (asset.file() != null && asset.file().size() != size) {
            throw new ProblemException(
                    ProblemCode.FILE_SIZE_DIFFERS,
                    "The video's file in S3 has %d bytes, not %d"
                            .formatted(asset.file().size(), size),
                    "Leave file_size away; it is read from the file.");
        }
    }

    private static void checkVideo(Asset asset) {
        if (asset.type() != AssetType.VIDEO) {
            throw Videos.unknown(asset.assetId());
        }
    }

    /** Deletes the video, its jobs and its files. */
    public void delete(@Header("video_id") String id) {
        boolean video =
                assets.find(id).map(asset -> asset.type() == AssetType.VIDEO).orElse(false);
        if (!video || !deletion.delete(id)) {
            throw Videos.unknown(id);
        }
    }
}
