package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ApiClient.Answer;
import dev.caravan.job.NameKey;
import dev.caravan.records.Items;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Search of jobs over records that stay as they are put: forty-two jobs, three to a second, all statuses in turn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobSearchIT {
    private static final int JOBS = 42;
    private static final String[] STATUSES = {"QUEUED", "PROCESSING", "RETRYING", "COMPLETED", "FAILED", "CANCELLED"};
    private static final String[] NAMES = {"Holiday.mov", "holiday at sea.mov", "HOLIDAY.MOV", "clip.mp4", "hotel.mov"};

    private TestCaravan caravan;
    private ApiClient api;

    @BeforeAll
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.roles", "api");
        changes.put("caravan.search.budget", "10");
        caravan = TestCaravan.start(changes);
        api = new ApiClient(caravan);
        IntStream.range(0, JOBS).forEach(this::put);
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    private static String id(int job) {
        return "job-%02d".formatted(job);
    }

    private void put(int number) {
        Instant created = Instant.parse("2026-01-14T10:00:00Z").plusSeconds(number / 3);
        String status = STATUSES[number % STATUSES.length];
        Map<String, Object> item = new HashMap<>(Map.of(
                "job_id",
                id(number),
                "item",
                "job",
                "asset_id",
                "asset-" + number % 7,
                "owner",
                number % 2 == 0 ? "ann" : "bob",
                "pipeline",
                number % 20 == 0 ? "rare" : "usual",
                "status",
                status,
                "priority",
                10,
                "created_at",
                created.toString().replace("Z", ".000Z"),
                "current_step",
                number % 3 == 0 ? "convert" : "probe"));
        if (status.equals("FAILED")) {
            item.put("error", Map.of("code", number == 4 ? "NOT_MEDIA" : "FFMPEG_FAILED", "message", "broken"));
        }
        item.putAll(NameKey.attributes(NAMES[number % NAMES.length], created, id(number)));
        caravan.wiring().clients.dynamo().putItem(request -> request.tableName(
                        caravan.caravan().setting("caravan.table.jobs"))
                .item(Items.attributes(item)));
    }

    private List<String> ids(String query) {
        return api.get("/api/v1/jobs?" + query).body().path("items").findValuesAsText("job_id");
    }

    /** All pages, each with its cursor from the one before. */
    private List<String> walk(String query) {
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get("/api/v1/jobs?" + query + cursor);
            assertThat(page.status()).as(query + cursor).isEqualTo(200);
            all.addAll(page.body().path("items").findValuesAsText("job_id"));
            assertThat(page.body().path("searched").asInt()).isLessThanOrEqualTo(Math.max(10, limit(query)));
            JsonNode next = page.body().path("next_cursor");
            cursor = next.isNull() ? null : "&cursor=" + next.asText();
        } while (cursor != null);
        return all;
    }

    private static int limit(String query) {
        return query.contains("limit=") ? Integer.parseInt(query.replaceAll(".*limit=(\\d+).*", "$1")) : 50;
    }

    private interface Wanted {
        boolean is(int job);
    }

    private static List<String> newestFirst(Wanted wanted) {
        List<String> ids = new ArrayList<>();
        IntStream.range(0, JOBS).filter(wanted::is).forEach(job -> ids.add(id(job)));
        Collections.reverse(ids);
        return ids;
    }

    private static List<String> turned(List<String> ids) {
        List<String> turned = new ArrayList<>(ids);
        Collections.reverse(turned);
        return turned;
    }

    @Test
    void all_jobs_come_newest_first_and_turned_round() {
        for (int limit : new int[] {1, 4, 41, 42, 43}) {
            assertThat(walk("limit=" + limit)).as("limit %d", limit).isEqualTo(newestFirst(job -> true));
            assertThat(walk("order=asc&limit=" + limit))
                    .as("limit %d", limit)
                    .isEqualTo(turned(newestFirst(job -> true)));
        }
    }

    @Test
    void each_condition_leaves_out_what_it_does_not_mean() {
        Map<String, Wanted> wanted = new HashMap<>();
        wanted.put("status=failed", job -> job % 6 == 4);
        wanted.put("status=FAILED,cancelled", job -> job % 6 >= 4);
        wanted.put("pipeline=rare", job -> job % 20 == 0);
        wanted.put("owner=bob", job -> job % 2 == 1);
        wanted.put("step=convert", job -> job % 3 == 0);
        wanted.put("error_code=not_media", job -> job == 4);
        wanted.put("error_code=FFMPEG_FAILED&status=failed&owner=ann", job -> job % 6 == 4 && job != 4);
        wanted.put("asset_id=asset-3", job -> job % 7 == 3);
        wanted.put("asset_id=asset-3&status=queued", job -> job % 42 == 24);
        wanted.put("asset_id=asset-3&q=ho", job -> job % 7 == 3 && job % 5 != 3);
        wanted.put("created_since=2026-01-14T10:00:10Z", job -> job >= 30);
        wanted.put("created_until=2026-01-14T10:00:02Z&owner=ann", job -> job < 9 && job % 2 == 0);
        wanted.put("created_since=2026-01-14T11:00:03%2B01:00&created_until=2026-01-14", job -> job >= 9);
        wanted.put("created_since=2026-01-15", job -> false);
        wanted.put("pipeline=none", job -> false);
        wanted.forEach((query, jobs) -> {
            for (String limit : List.of("&limit=1", "&limit=3", "")) {
                assertThat(walk(query + limit)).as(query + limit).isEqualTo(newestFirst(jobs));
                assertThat(walk(query + limit + "&order=asc")).as(query + limit).isEqualTo(turned(newestFirst(jobs)));
            }
        });
    }

    @Test
    void a_name_is_found_by_its_beginning_and_by_the_whole_of_it() {
        List<String> holiday = newestFirst(job -> job % 5 == 0 || job % 5 == 2);
        List<String> atSea = newestFirst(job -> job % 5 == 1);
        List<String> hotel = newestFirst(job -> job % 5 == 4);
        assertThat(walk("filename=holiday.MOV&limit=2")).containsExactlyElementsOf(byTime(holiday));
        assertThat(walk("filename=holiday")).isEmpty();
        List<String> all = new ArrayList<>(atSea);
        all.addAll(byTime(holiday));
        all.addAll(hotel);
        for (String limit : List.of("&limit=1", "&limit=7", "")) {
            assertThat(walk("q=HO" + limit)).as(limit).containsExactlyElementsOf(all);
            assertThat(walk("q=HO&order=asc" + limit)).as(limit).containsExactlyElementsOf(turned(all));
        }
        assertThat(walk("q=" + URLEncoder.encode("holiday ", StandardCharsets.UTF_8)))
                .isEqualTo(atSea);
        assertThat(walk("q=ho&status=FAILED&owner=ann&limit=2"))
                .containsExactlyInAnyOrderElementsOf(newestFirst(job -> job % 6 == 4 && job % 2 == 0 && job % 5 != 3));
    }

    /** Keys of one name and one millisecond go on with the id. */
    private static List<String> byTime(List<String> newestFirst) {
        return newestFirst.stream()
                .sorted((one, other) -> {
                    int time = Integer.compare(number(other) / 3, number(one) / 3);
                    return time == 0 ? one.compareTo(other) : time;
                })
                .toList();
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(4));
    }

    @Test
    void an_id_is_found_wherever_it_stands() {
        assertThat(ids("id=job-17")).containsExactly("job-17");
        assertThat(ids("q=job-17")).containsExactly("job-17");
        assertThat(ids("id=job-17&status=queued")).isEmpty();
        assertThat(ids("id=none")).isEmpty();
        assertThat(ids("q=none")).isEmpty();
    }

    @Test
    void a_page_that_looked_at_enough_says_so_and_goes_on() {
        JsonNode page = api.get("/api/v1/jobs?pipeline=rare&limit=5").body();
        assertThat(page.path("items").findValuesAsText("job_id")).containsExactly("job-40");
        assertThat(page.path("complete").asBoolean()).isFalse();
        assertThat(page.path("searched").asInt()).isEqualTo(10);
        assertThat(page.path("next_cursor").isTextual()).isTrue();
        JsonNode full = api.get("/api/v1/jobs?limit=5").body();
        assertThat(full.path("complete").asBoolean()).isTrue();
        JsonNode last = api.get("/api/v1/jobs?status=failed&limit=50").body();
        assertThat(last.path("complete").asBoolean()).isTrue();
        assertThat(last.path("next_cursor").isNull()).isTrue();
    }

    @Test
    void what_cannot_be_searched_for_is_said_with_what_can() {
        Map<String, String> codes = Map.of(
                "q=h", "INVALID_SEARCH",
                "q=%F0%9F%92%A5", "INVALID_SEARCH",
                "q=ho&filename=holiday.mov", "INVALID_SEARCH",
                "order=sideways", "INVALID_SEARCH",
                "created_since=yesterday", "INVALID_TIME",
                "created_since=2026-01-02&created_until=2026-01-01", "INVALID_TIME",
                "status=failed,done", "INVALID_STATUS",
                "status=failed,", "INVALID_STATUS",
                "limit=0", "INVALID_LIMIT",
                "cursor=abc", "INVALID_CURSOR");
        codes.forEach((query, code) -> {
            Answer answer = api.get("/api/v1/jobs?" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.code()).as(query).isEqualTo(code);
            assertThat(answer.body().path("advice").asText()).as(query).isNotEmpty();
        });
        String byTime =
                api.get("/api/v1/jobs?limit=1").body().path("next_cursor").asText();
        String byName =
                api.get("/api/v1/jobs?limit=1&q=ho").body().path("next_cursor").asText();
        assertThat(api.get("/api/v1/jobs?q=ho&cursor=" + byTime).code()).isEqualTo("INVALID_CURSOR");
        assertThat(api.get("/api/v1/jobs?q=cl&cursor=" + byName).code()).isEqualTo("INVALID_CURSOR");
        assertThat(api.get("/api/v1/jobs?cursor=" + byName).code()).isEqualTo("INVALID_CURSOR");
    }

    @Test
    void a_job_that_is_accepted_is_found_by_its_file_and_says_what_it_waits_for() {
        String id = caravan.submit("one-act");
        String filename = caravan.job(id).source().filename();
        JsonNode found = api.get("/api/v1/jobs?filename=" + filename)
                .body()
                .path("items")
                .path(0);
        assertThat(found.path("job_id").asText()).isEqualTo(id);
        assertThat(found.has("waiting_for")).isFalse();
        assertThat(found.has("name_key")).isFalse();
        api.json("POST", "/api/v1/queues/pause", "{\"pipeline\":\"one-act\"}");
        assertThat(waitingFor(id)).isEqualTo("paused");
        api.json("POST", "/api/v1/queues/resume", "{\"pipeline\":\"one-act\"}");
        assertThat(waitingFor(id)).isEmpty();
        caravan.wiring().clients.dynamo().updateItem(request -> request.tableName(
                        caravan.caravan().setting("caravan.table.jobs"))
                .key(Items.attributes(Map.of("job_id", id, "item", "job")))
                .updateExpression("SET due_at = :later")
                .expressionAttributeValues(Items.attributes(Map.of(":later", "2999-01-01T00:00:00.000Z"))));
        assertThat(waitingFor(id)).isEqualTo("due");
        caravan.wiring().clients.dynamo().deleteItem(request -> request.tableName(
                        caravan.caravan().setting("caravan.table.jobs"))
                .key(Items.attributes(Map.of("job_id", id, "item", "job"))));
    }

    private String waitingFor(String id) {
        return api.get("/api/v1/jobs?id=" + id)
                .body()
                .at("/items/0/waiting_for")
                .asText();
    }
}
