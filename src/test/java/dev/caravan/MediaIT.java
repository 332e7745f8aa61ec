package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ApiClient.Answer;
import dev.caravan.job.JobStatus;
import dev.caravan.records.Items;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Assets of all types over HTTP, with a worker that is away, so that everything stays as the tests put it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaIT {
    private static final String MEDIA = "/api/v1/media";
    private static final String DAY = "2026-01-14T";

    private TestCaravan caravan;
    private ApiClient api;

    /** Twelve assets: types and owners in turn, every fourth is tagged; m00 is the oldest. */
    @BeforeAll
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.roles", "api");
        changes.put("caravan.search.budget", "8");
        caravan = TestCaravan.start(changes);
        api = new ApiClient(caravan);
        String[] types = {"video", "image", "audio"};
        for (int i = 0; i < 12; i++) {
            Map<String, Object> more = new HashMap<>(Map.of("type", types[i % 3], "owner", i < 6 ? "ann" : "bob"));
            more.put("filename", (i % 2 == 0 ? "Holiday " : "Work ") + i + ".bin");
            if (i % 4 == 0) {
                more.put("tags", List.of("ai-generated", "t" + i));
            }
            put("m%02d".formatted(i), i, i == 11 ? "failed" : "ready", more);
        }
        put("gone", 30, "ready", Map.of("deleted_at", DAY + "12:00:00.000Z"));
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    private void put(String id, int second, String status, Map<String, ?> more) {
        String time = DAY + "10:00:%02d.000Z".formatted(second);
        Map<String, Object> asset = new HashMap<>(Map.of("asset_id", id, "type", "video", "status", status));
        asset.putAll(Map.of("owner", "ann", "created_at", time, "updated_at", time, "revision", 1));
        asset.putAll(Map.of(
                "file",
                Map.of("bucket", "b", "key", "k/" + id, "etag", "e", "size", 5, "content_type", "video/mp4"),
                "source",
                Map.of("bucket", "b", "key", "k/" + id, "etag", "e", "size", 5),
                "derivatives",
                List.of(
                        Map.of("type", "thumbnail", "file", Map.of("bucket", "b", "key", "t/old", "size", 1)),
                        Map.of("type", "thumbnail", "file", Map.of("bucket", "b", "key", "t/" + id, "size", 1)))));
        asset.putAll(more);
        caravan.wiring().clients.dynamo().putItem(request -> request.tableName(
                        caravan.caravan().setting("caravan.table.assets"))
                .item(Items.attributes(asset)));
    }

    private static List<String> ids(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        answer.body()
                .path("items")
                .forEach(item -> ids.add(item.path("asset_id").asText()));
        return ids;
    }

    private List<String> walk(String query) {
        List<String> all = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            Answer page = api.get(MEDIA + "/?" + query + cursor);
            all.addAll(ids(page));
            assertThat(page.body().path("searched").asInt()).isLessThanOrEqualTo(8);
            JsonNode next = page.body().path("next_cursor");
            cursor = next.isNull() ? null : "&cursor=" + next.asText();
        }
        return all;
    }

    @Test
    void assets_of_all_types_come_newest_first_under_both_names_of_the_list() {
        Answer all = api.get(MEDIA + "?limit=3");
        assertThat(ids(all)).containsExactly("m11", "m10", "m09");
        assertThat(all.body().path("assets")).isEqualTo(all.body().path("items"));
        assertThat(walk("limit=1")).hasSize(12).doesNotHaveDuplicates().doesNotContain("gone");
        assertThat(walk("limit=5")).isEqualTo(walk("limit=1"));
    }

    @Test
    void every_condition_must_hold() {
        assertThat(walk("type=image&limit=2")).containsExactly("m10", "m07", "m04", "m01");
        assertThat(walk("owner=ann&limit=2")).containsExactly("m05", "m04", "m03", "m02", "m01", "m00");
        assertThat(walk("tag=ai-generated&limit=2")).containsExactly("m08", "m04", "m00");
        assertThat(walk("tag=t4&limit=2")).containsExactly("m04");
        assertThat(walk("name=hOLI&type=video&limit=2")).containsExactly("m06", "m00");
        assertThat(walk("status=failed&limit=2")).containsExactly("m11");
        assertThat(walk("status=saved,failed&owner=bob&type=audio&limit=2")).containsExactly("m11", "m08");
        assertThat(walk("tag=nothing&limit=2")).isEmpty();
    }

    @Test
    void a_page_that_ran_out_of_its_budget_says_so() {
        Answer first = api.get(MEDIA + "?tag=t0&limit=2");
        assertThat(ids(first)).isEmpty();
        assertThat(first.body().path("complete").asBoolean()).isFalse();
        assertThat(first.body().path("next_cursor").isNull()).isFalse();
    }

    @Test
    void what_cannot_be_understood_is_refused() {
        assertThat(api.get(MEDIA + "?type=text").code()).isEqualTo("INVALID_SEARCH");
        assertThat(api.get(MEDIA + "?status=new").code()).isEqualTo("INVALID_STATUS");
        assertThat(api.get(MEDIA + "?limit=0").code()).isEqualTo("INVALID_LIMIT");
        assertThat(api.get(MEDIA + "?cursor=x").code()).isEqualTo("INVALID_CURSOR");
    }

    @Test
    void an_asset_shows_presigned_links_to_its_file_and_to_what_was_made_from_it() {
        JsonNode media = api.get(MEDIA + "/m03").body();
        assertThat(media.path("id")).isEqualTo(media.path("asset_id"));
        assertThat(media.path("url").asText()).contains("/k/m03", "X-Amz-Signature=", "X-Amz-Expires=3600");
        assertThat(media.path("thumbnail_url").asText()).contains("/t/m03", "X-Amz-Expires=3600");
        assertThat(media.path("derivatives").findValuesAsText("url"))
                .hasSize(2)
                .allMatch(url -> url.contains("X-Amz-Signature="));
    }

    @Test
    void tags_are_replaced_and_metadata_is_merged() {
        put("patched", 40, "ready", Map.of("metadata", Map.of("album", "old", "inner", Map.of("a", 1, "b", 2))));
        try {
            Answer one =
                    patch("patched", "{\"tags\":[\" new \",\"new\"],\"metadata\":{\"inner\":{\"a\":null,\"c\":3}}}");
            assertThat(one.status()).as(one.response().body()).isEqualTo(200);
            assertThat(one.body().path("tags").toString()).isEqualTo("[\"new\"]");
            assertThat(one.body().path("metadata").path("inner").toString()).isEqualTo("{\"b\":2,\"c\":3}");
            assertThat(one.body().path("metadata").path("album").asText()).isEqualTo("old");
            assertThat(ids(api.get(MEDIA + "?tag=new"))).containsExactly("patched");
            String tag = one.response().headers().firstValue("ETag").orElseThrow();
            assertThat(patch("patched", "{\"metadata\":null}", "If-Match", tag)
                            .body()
                            .path("metadata"))
                    .isEmpty();
            Answer stale = patch("patched", "{\"tags\":[]}", "If-Match", tag);
            assertThat(stale.status()).isEqualTo(409);
            assertThat(stale.code()).isEqualTo("STALE_REVISION");
            Answer none = api.text(
                    "PATCH", MEDIA + "/patched", "application/merge-patch+json", "{\"tags\":[]}", "If-Match", "*");
            assertThat(none.body().path("tags")).isEmpty();
            assertThat(api.get(MEDIA + "/patched").response().headers().firstValue("ETag"))
                    .isEqualTo(none.response().headers().firstValue("ETag"));
        } finally {
            remove("patched");
        }
    }

    @Test
    void what_a_record_cannot_hold_changes_nothing() {
        for (String body : List.of(
                "{}",
                "{\"name\":\"x\"}",
                "{\"tags\":\"x\"}",
                "{\"tags\":[\" \"]}",
                "{\"metadata\":{\"a\":1e400}}",
                "{\"metadata\":{\"\":1}}",
                "{\"metadata\":{\"a\":\"" + "x".repeat(40_000) + "\"}}")) {
            Answer answer = patch("m01", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.code()).as(body).isEqualTo("INVALID_BODY");
        }
        assertThat(api.get(MEDIA + "/m01").response().headers().firstValue("ETag"))
                .hasValue("\"1\"");
        assertThat(patch("nobody", "{\"tags\":[]}").code()).isEqualTo("UNKNOWN_ASSET");
    }

    @Test
    void a_deleted_asset_is_gone_with_its_job() {
        String job = caravan.submit("one-act");
        String id = caravan.job(job).assetId();
        assertThat(api.send("DELETE", MEDIA + "/" + id).status()).isEqualTo(204);
        assertThat(caravan.job(job).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(caravan.asset(id).deleted()).isTrue();
        assertThat(api.get(MEDIA + "/" + id).status()).isEqualTo(404);
        assertThat(api.send("DELETE", MEDIA + "/" + id).code()).isEqualTo("UNKNOWN_ASSET");
    }

    private Answer patch(String id, String body, String... headers) {
        return api.json("PATCH", MEDIA + "/" + id, body, headers);
    }

    private void remove(String id) {
        caravan.wiring().clients.dynamo().deleteItem(request -> request.tableName(
                        caravan.caravan().setting("caravan.table.assets"))
                .key(Items.attributes(Map.of("asset_id", id))));
    }
}
