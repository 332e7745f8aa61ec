package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.asset.Metadata;
import dev.caravan.asset.Tags;
import dev.caravan.control.AssetRepair;
import dev.caravan.control.Deletion;
import dev.caravan.http.Answers;
import dev.caravan.http.ProblemException;
import dev.caravan.json.Json;
import dev.caravan.records.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Changes and deletes assets; the bean {@code mediaChanges} of the routes patch-media and delete-media. */
public final class MediaChanges {
    private final Assets assets;
    private final AssetRepair repair;
    private final Deletion deletion;
    private final Links links;

    MediaChanges(Assets assets, AssetRepair repair, Deletion deletion, Links links) {
        this.assets = assets;
        this.repair = repair;
        this.deletion = deletion;
        this.links = links;
    }

    /**
     * Changes the fields that the body names.
     *
     * @return the asset as it is now
     * @throws ProblemException {@code UNKNOWN_ASSET}, {@code STALE_REVISION}
     * @throws dev.caravan.failure.Refusal {@code INVALID_BODY}
     */
    public MediaView patch(Exchange exchange, @Header("asset_id") String id, JsonNode body) {
        String expected = exchange.getMessage().getHeader("If-Match", String.class);
        Asset changed = repair.write(id, null, asset -> {
                    RecordEtag.check(asset, expected);
                    return change(asset, body);
                })
                .orElseThrow(() -> Media.unknown(id));
        Answers.header(exchange, "ETag", RecordEtag.tag(changed));
        return MediaView.of(changed, links);
    }

    private Write change(Asset asset, JsonNode body) {
        Write write = assets.writeOf(asset);
        if (body.has("tags")) {
            List<String> tags = new ArrayList<>();
            body.get("tags").forEach(tag -> tags.add(tag.asText()));
            write.set("tags", Tags.checked(tags));
        }
        if (body.has("metadata")) {
            Map<String, Object> patch = body.get("metadata").isNull() ? null : Json.toMap(body.get("metadata"));
            write.set("metadata", patch == null ? null : Metadata.checked(Metadata.merged(asset.metadata(), patch)));
        }
        return write;
    }

    /** Deletes the asset, its jobs and its files. */
    public void delete(@Header("asset_id") String id) {
        if (!deletion.delete(id)) {
            throw Media.unknown(id);
        }
    }
}
