package dev.caravan.recovery;

import dev.caravan.json.Json;
import java.util.Map;

/**
 * Something that does not move although it should.
 *
 * @param code stable, for programs
 * @param jobId null where it is no job
 * @param assetId null where it is no asset's
 * @param pipeline null where it is no job
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
