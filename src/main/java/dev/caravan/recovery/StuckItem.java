package dev.caravan.recovery;

import dev.caravan.json.Json;
import java.util.Map;

/**
 * A job or another thing that is stuck: it does not move although it should.
 *
 * @param code stable, for programs
 * @param jobId null where it is not a job
 * @param assetId null where it belongs to no asset
 * @param pipeline null where it is not a job
 * @param since ISO 8601
 * @param why in plain words
 * @param advice what to do
 */
public record StuckItem(
        String code, String jobId, String assetId, String pipeline, String since, String why, String advice) {
    Map<String, Object> view() {
        return Json.toMap(this);
    }
}
