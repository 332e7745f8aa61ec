package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ApiClient.Answer;
import dev.caravan.job.Job;
import dev.caravan.records.Items;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Lists of videos and jobs, with a worker that is away, so that everything stays as the tests put it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListsIT {
    private static final String DAY = "2026-01-14T";

    private TestCaravan caravan;
    private ApiClient api;

    /** Twelve videos, all statuses in turn, three to a second: v00 is the oldest. */
    @BeforeAll
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.roles", "api");
        caravan = TestCaravan.start(changes);
        api = new ApiClient(caravan);
        String[] statuses = {"ready", "processing", "failed", "uploading"};
        for (int i = 0; i < 12; i++) {
            put("v%02d".formatted(i), DAY + "10:00:%02d.000Z".formatted(i / 3), statuses[i % 4], Map.of());
        }
        put("deleted", DAY + "11:00:00.000Z", "ready", Map.of("deleted_at", DAY + "12:00:00.000Z"));
        put("picture", DAY + "11:00:00.000Z", "ready", Map.of("type", "image"));
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    private void put(String id, String createdAt, String status, Map<String, ?> more) {
        Map<String, Object> asset = new HashMap<>(Map.of("asset_id", id, "type", "video", "status", status));
        asset.putAll(Map.of("filename", id + ".mp4", "created_at", createdAt, "updated_at", createdAt));
        asset.putAll(more);
        caravan.wiring().clients.dynamo().putItem(request -> request.tableName(
                        caravan.caravan().setting("caravan.table.assets"))
                .item(Items.attributes(asset)));
    }

    private static List<String> ids(Answer answer) {
        List<String> ids = new ArrayList<>();
        answer.body().path("items").forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    private List<String> walk(String query) {
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get("/api/videos?" + query + cursor);
            assertThat(page.status()).isEqualTo(200);
            all.addAll(ids(page));
            JsonNode next = page.body().path("next_cursor");
            cursor = next.isNull() ? null : "&cursor=" + next.asText();
        } while (cursor != null);
        return all;
    }

    private static List<String> newestFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add("v%02d".formatted(i));
        }
        Collections.reverse(ids);
        return ids;
    }

    @Test
    void videos_of_all_statuses_come_newest_first_without_deleted_ones_and_pictures() {
        assertThat(ids(api.get("/api/videos"))).isEqualTo(newestFirst());
    }

    @Test
    void pages_of_any_size_make_up_the_whole_list() {
        for (int limit : new int[] {1, 2, 3, 5, 11, 12, 13}) {
            assertThat(walk("limit=" + limit)).as("limit %d", limit).isEqualTo(newestFirst());
        }
    }

    @Test
    void a_video_that_arrives_meanwhile_does_not_shift_the_next_page() {
        Answer first = api.get("/api/videos?limit=5");
        put("late", DAY + "23:00:00.000Z", "ready", Map.of());
        try {
            String cursor = first.body().path("next_cursor").asText();
            assertThat(ids(api.get("/api/videos?limit=5&cursor=" + cursor)))
                    .isEqualTo(newestFirst().subList(5, 10));
        } finally {
            caravan.wiring().clients.dynamo().deleteItem(request -> request.tableName(
                            caravan.caravan().setting("caravan.table.assets"))
                    .key(Items.attributes(Map.of("asset_id", "late"))));
        }
    }

    @Test
    void saved_uploaded_and_ready_mean_the_same() {
        List<String> ready = List.of("v08", "v04", "v00");
        for (String word : List.of("saved", "uploaded", "ready", "SAVED")) {
            Answer answer = api.get("/api/videos/?status=" + word);
            assertThat(ids(answer)).as(word).isEqualTo(ready);
            assertThat(answer.body().path("items"))
                    .allMatch(item -> item.path("status").asText().equals("saved"));
        }
        assertThat(walk("status=failed&limit=1")).containsExactly("v10", "v06", "v02");
    }

    @Test
    void skip_leaves_the_newest_out() {
        assertThat(ids(api.get("/api/videos?skip=4&limit=3")))
                .isEqualTo(newestFirst().subList(4, 7));
    }

    @Test
    void what_a_video_does_not_know_yet_is_null_and_not_absent() {
        JsonNode video = api.get("/api/videos/v01").body();
        for (String field : List.of("link", "s3_uri", "file_size", "duration", "resolution", "description", "error")) {
            assertThat(video.has(field)).as(field).isTrue();
            assertThat(video.path(field).isNull()).as(field).isTrue();
        }
    }

    @Test
    void a_tombstone_is_not_found() {
        assertThat(api.get("/api/videos/deleted").code()).isEqualTo("UNKNOWN_VIDEO");
    }

    @Test
    void a_header_is_no_parameter() {
        assertThat(ids(api.get("/api/videos", "limit", "1", "status", "nonsense")))
                .hasSize(12);
    }

    @Test
    void a_job_is_shown_with_its_history_and_without_its_place_in_the_ready_index() {
        String id = caravan.submit("three-acts");
        Job job = caravan.job(id);
        JsonNode shown = api.get("/api/v1/jobs/" + id).body();
        assertThat(shown.path("asset_id").asText()).isEqualTo(job.assetId());
        assertThat(shown.path("status").asText()).isEqualTo("QUEUED");
        assertThat(shown.path("history").path(0).path("event").asText()).isEqualTo("accepted");
        assertThat(shown.has("ready")).isFalse();
        Answer queued = api.get("/api/v1/jobs?status=QUEUED");
        assertThat(queued.body().path("items").findValuesAsText("job_id")).contains(id);
        assertThat(api.get("/api/v1/jobs?status=FAILED").body().path("items")).isEmpty();
        // Its asset is newer than all others.
        caravan.wiring().clients.dynamo().deleteItem(request -> request.tableName(
                        caravan.caravan().setting("caravan.table.assets"))
                .key(Items.attributes(Map.of("asset_id", job.assetId()))));
    }

    @Test
    void what_cannot_be_asked_for_is_said_with_the_values_that_can() {
        Map<String, String> codes = Map.of(
                "limit=0", "INVALID_LIMIT",
                "limit=201", "INVALID_LIMIT",
                "limit=ten", "INVALID_LIMIT",
                "skip=-1", "INVALID_SKIP",
                "status=done", "INVALID_STATUS",
                "cursor=abc", "INVALID_CURSOR",
                "limit=1&limit=2", "INVALID_QUERY");
        codes.forEach((query, code) -> {
            Answer answer = api.get("/api/videos?" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.code()).as(query).isEqualTo(code);
        });
        assertThat(api.get("/api/videos?status=done").body().path("advice").asText())
                .contains("processing", "saved", "uploaded", "failed", "uploading");
        assertThat(api.get("/api/v1/jobs?status=done").body().path("advice").asText())
                .contains("queued", "completed");
    }
}
