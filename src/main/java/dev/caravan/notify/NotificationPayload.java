package dev.caravan.notify;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Derivative;
import dev.caravan.failure.Failure;
import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body of a webhook about an asset: what happened, and where to read the rest. It has no links that give access. */
final class NotificationPayload {
    private static final String READY = "media.ready";
    private static final String FAILED = "media.failed";

    private NotificationPayload() {}

    /** Returns the bytes that are signed and sent. */
    static byte[] of(Asset asset, Instant now) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("asset_id", asset.assetId());
        data.put("status", asset.status());
        data.put("type", asset.type());
        data.put("owner", asset.owner());
        data.put("filename", asset.filename());
        data.put("alert_id", asset.announced().alertId());
        data.put("category", asset.announced().category());
        data.put("position", asset.announced().position());
        data.put(
                "derivatives",
                Optional.ofNullable(asset.derivatives()).orElse(List.of()).stream()
                        .map(Derivative::type)
                        .toList());
        data.put("error", asset.status() == AssetStatus.FAILED ? error(asset.error()) : null);
        data.put("path", "/api/v1/media/" + asset.assetId());
        Map<String, Object> news = new LinkedHashMap<>();
        news.put("type", asset.status() == AssetStatus.FAILED ? FAILED : READY);
        news.put("timestamp", Timestamps.of(now));
        news.put("data", data);
        return Json.text(news).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> error(Failure failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", failure == null ? null : failure.code());
        error.put("message", failure == null ? null : failure.message());
        error.put("advice", failure == null ? null : failure.advice());
        return error;
    }
}
