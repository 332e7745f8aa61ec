package dev.caravan.api;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Assets;
import dev.caravan.http.Answers;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import dev.caravan.records.BatchRead;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.component.aws2.ddb.Ddb2Constants;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Shows videos to the routes under {@code /api/videos}. */
public final class Videos {
    /** Videos that are not deleted. */
    static final StatusIndex.Filter SHOWN = new StatusIndex.Filter(
            "attribute_not_exists(deleted_at) AND #type = :video",
            Map.of("#type", "type"),
            Items.attributes(Map.of(":video", AssetType.VIDEO.word())));

    static final Map<String, String> STATUSES = statuses();

    private final StatusIndex index;
    private final BatchRead batch;
    private final String table;
    private final Links links;

    Videos(StatusIndex index, BatchRead batch, String table, Links links) {
        this.index = index;
        this.batch = batch;
        this.table = table;
        this.links = links;
    }

    /** Returns Caravan's statuses, and those of the aggregation service's clients. */
    private static Map<String, String> statuses() {
        Map<String, String> statuses = new LinkedHashMap<>();
        Stream.of(AssetStatus.values()).map(AssetStatus::word).forEach(word -> statuses.put(word, word));
        statuses.put(VideoView.SAVED, AssetStatus.READY.word());
        statuses.put("uploaded", AssetStatus.READY.word());
        return statuses;
    }

    /** @return a page, newest first */
    public Page list(Exchange exchange) {
        ListQuery query = ListQuery.of(QueryString.of(exchange), STATUSES);
        List<Position> entries = index.entries(query);
        List<Map<String, String>> keys = entries.stream()
                .limit(query.limit())
                .map(entry -> Map.of("asset_id", entry.id()))
                .toList();
        // The index may lag behind: the record decides.
        List<VideoView> videos = batch.get(table, keys).stream()
                .map(Assets::read)
                .filter(Videos::shown)
                .filter(asset -> query.statuses().contains(asset.status().word()))
                .map(asset -> VideoView.of(asset, links))
                .toList();
        return Page.of(videos, entries, query.limit());
    }

    /** @throws ProblemException {@code UNKNOWN_VIDEO} for text that cannot be an id */
    public Map<String, AttributeValue> key(@Header("video_id") String id) {
        if (!Records.canBeKey(Map.of("asset_id", id))) {
            throw unknown(id);
        }
        return Items.attributes(Map.of("asset_id", id));
    }

    /** @throws ProblemException {@code UNKNOWN_VIDEO} */
    public VideoView show(
            Exchange exchange,
            @Header("video_id") String id,
            @Header(Ddb2Constants.ATTRIBUTES) Map<String, AttributeValue> item) {
        if (item != null && !item.isEmpty()) {
            Asset asset = Assets.read(item);
            if (shown(asset)) {
                Answers.header(exchange, "ETag", RecordEtag.tag(asset));
                return VideoView.of(asset, links);
            }
        }
        throw unknown(id);
    }

    static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemCode.UNKNOWN_VIDEO,
                "There is no video with the id " + id,
                "GET /api/videos lists those that there are.");
    }

    private static boolean shown(Asset asset) {
        return !asset.deleted() && asset.type() == AssetType.VIDEO;
    }
}
