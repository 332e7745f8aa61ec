package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.json.Json;
import dev.caravan.local.SharedCloud;
import dev.caravan.storage.MediaFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Files of videos over real HTTP, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamIT {
    private static final int SIZE = 100_000;
    private static final int LARGE = 64 << 20;
    private static final int CONNECTIONS = 8;
    private static final String MADE = "Tue, 06 Jan 2026 10:31:00 GMT";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Gate s3 = new Gate(SharedCloud.get().properties().get("caravan.s3.endpoint"));
    private final Gate dynamo = new Gate(SharedCloud.get().properties().get("caravan.dynamodb.endpoint"));
    private TestCaravan caravan;
    private ApiClient api;
    private Footage footage;
    private byte[] original;
    private byte[] standard;
    private String tag;
    private String video;
    private byte[] large;
    private String largeVideo;

    @BeforeAll
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.s3.endpoint", s3.url());
        changes.put("caravan.dynamodb.endpoint", dynamo.url());
        changes.put("caravan.stream.connections", String.valueOf(CONNECTIONS));
        changes.put("caravan.stream.stall", "1m");
        caravan = TestCaravan.start(changes);
        api = new ApiClient(caravan);
        footage = new Footage(caravan);
        original = footage.bytes(5_000);
        standard = footage.bytes(SIZE);
        MediaFile made = footage.put(standard, "convert-1.mp4", "video/mp4", "clip one.mov");
        tag = "\"" + made.etag() + "\"";
        video = footage.video(footage.put(original, "clip one.mov", "video/quicktime", "clip one.mov"), made);
        large = footage.bytes(LARGE);
        largeVideo = footage.video(footage.put(large, "large.mp4", "video/mp4", "large.mp4"));
    }

    @AfterAll
    void stop() {
        caravan.close();
        s3.close();
        dynamo.close();
    }

    // What is asked for

    @Test
    void without_a_type_it_is_the_file_of_the_moment() {
        HttpResponse<byte[]> answer = get(video);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(standard);
        assertThat(header(answer, "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(answer, "Content-Length")).isEqualTo("100000");
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "ETag")).isEqualTo(tag);
        assertThat(header(answer, "Last-Modified")).isEqualTo(MADE);
        assertThat(header(answer, "Cache-Control")).isEqualTo("private, no-cache");
        assertThat(header(answer, "Content-Disposition")).isEqualTo("inline; filename=\"clip one.mp4\"");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void with_a_type_it_is_that_derivative_or_the_original() {
        assertThat(get(video + "?type=standard-video").body()).isEqualTo(standard);
        assertThat(get(video + "/?type=standard-video").body()).isEqualTo(standard);
        HttpResponse<byte[]> upload = get(video + "?type=original");
        assertThat(upload.body()).isEqualTo(original);
        assertThat(header(upload, "Content-Type")).isEqualTo("video/quicktime");
        assertThat(header(upload, "Content-Disposition")).isEqualTo("inline; filename=\"clip one.mov\"");
        assertThat(get(largeVideo + "?type=original", "Range", "bytes=0-99").body())
                .isEqualTo(Arrays.copyOf(large, 100));
    }

    @Test
    void a_type_that_the_video_does_not_have_is_answered_with_those_it_has() {
        for (String type : List.of("poster", "ORIGINAL", "../original", "%00")) {
            JsonNode problem = problem(get(video + "?type=" + type), 404, "UNKNOWN_FILE");
            assertThat(problem.path("advice").asText()).contains("original, standard-video");
        }
        String uploading = footage.record(null, null, List.of(), item -> item);
        problem(get(uploading), 404, "UNKNOWN_FILE");
        problem(get(video + "?type=a&type=b"), 400, "INVALID_QUERY");
    }

    @Test
    void what_is_not_there_or_not_any_more_is_unknown() {
        MediaFile file = footage.put(original, "other.mov", "video/quicktime", "other.mov");
        String deleted = footage.record(
                file, file, List.of(), with("deleted_at", AttributeValue.fromS("2026-01-06T10:30:00.000Z")));
        List<String> ids = new ArrayList<>(List.of("unknown", "a%2fb", "%00", "a%20b", "é", "x".repeat(3000)));
        ids.add(deleted);
        for (String id : ids) {
            problem(get(id.replace("é", "%C3%A9")), 404, "UNKNOWN_VIDEO");
        }
        problem(request("HEAD", "unknown"), 404);
    }

    @Test
    void pictures_and_sound_are_streamed_as_well() {
        MediaFile file = footage.put(original, "other.mov", "video/quicktime", "other.mov");
        for (String type : List.of("image", "audio")) {
            String id = footage.record(file, file, List.of(), with("type", AttributeValue.fromS(type)));
            assertThat(get(id).statusCode()).as(type).isEqualTo(200);
        }
    }

    private static UnaryOperator<Map<String, AttributeValue>> with(String name, AttributeValue value) {
        return item -> {
            item.put(name, value);
            return item;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void other_methods_are_not_taken(String method) {
        HttpResponse<byte[]> answer = request(method, video);
        problem(answer, 405, "METHOD_NOT_ALLOWED");
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void a_page_of_another_site_gets_nothing() {
        problem(get(video, "Origin", "https://evil.example"), 403, "FOREIGN_ORIGIN");
        assertThat(api.raw("GET /api/stream/" + video + " HTTP/1.1", "Host: evil.example"))
                .startsWith("HTTP/1.1 403");
    }

    // Ranges

    @ParameterizedTest(name = "{0} is {1} {2}")
    @CsvSource({
        "bytes=0-, 206, 0-99999",
        "bytes=0-0, 206, 0-0",
        "bytes=10-19, 206, 10-19",
        "bytes=99999-, 206, 99999-99999",
        "bytes=99990-200000, 206, 99990-99999",
        "bytes=-1, 206, 99999-99999",
        "bytes=-100, 206, 99900-99999",
        "bytes=-100000, 206, 0-99999",
        "bytes=-200000, 206, 0-99999",
        "BYTES=5-6, 206, 5-6",
        "bytes=100000-, 416,",
        "bytes=100000-100001, 416,",
        "bytes=-0, 416,",
        "bytes=99999999999999999999999-, 416,",
        "bytes=19-10, 200,",
        "bytes=abc, 200,",
        "bytes=, 200,",
        "'bytes=0-1,4-5', 200,",
        "items=0-1, 200,",
        "bytes 0-1, 200,",
    })
    void a_range_is_answered_to_the_byte(String range, int status, String bytes) {
        HttpResponse<byte[]> answer = get(video, "Range", range);
        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 206) {
            assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + bytes + "/" + SIZE);
            assertThat(answer.body()).isEqualTo(slice(bytes));
            assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(answer.body().length));
            assertThat(header(answer, "ETag")).isEqualTo(tag);
        } else if (status == 416) {
            problem(answer, 416, "RANGE_NOT_SATISFIABLE");
            assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + SIZE);
        } else {
            assertThat(answer.body()).isEqualTo(standard);
            assertThat(header(answer, "Content-Range")).isNull();
        }
    }

    private byte[] slice(String range) {
        String[] ends = range.split("-");
        return Arrays.copyOfRange(standard, Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
    }

    @Test
    void no_range_header_brings_anything_but_its_bytes() {
        Random random = new Random(2026);
        String alphabet = "0123456789-,=bytes W/\"x";
        for (int i = 0; i < 150; i++) {
            StringBuilder range = new StringBuilder(random.nextInt(4) > 0 ? "bytes=" : "");
            random.ints(random.nextInt(14), 0, random.nextBoolean() ? 11 : alphabet.length())
                    .forEach(c -> range.append(alphabet.charAt(c)));
            HttpResponse<byte[]> answer = get(video, "Range", range.toString());
            switch (answer.statusCode()) {
                case 200 -> assertThat(answer.body()).as(range.toString()).isEqualTo(standard);
                case 206 ->
                    assertThat(answer.body())
                            .as(range.toString())
                            .isEqualTo(slice(header(answer, "Content-Range").replaceAll("bytes |/.*", "")));
                default -> problem(answer, 416, "RANGE_NOT_SATISFIABLE");
            }
        }
    }

    @Test
    void an_empty_file_is_empty_whatever_part_is_asked_for() {
        String empty = footage.video(footage.put(new byte[0], "empty.mp4", "video/mp4", "empty.mp4"));
        for (String range : List.of("bytes=0-", "bytes=-1", "x")) {
            HttpResponse<byte[]> answer = get(empty, "Range", range);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Content-Length")).isEqualTo("0");
            assertThat(answer.body()).isEmpty();
        }
    }

    // HEAD and conditions

    @Test
    void head_tells_what_get_would_and_reads_nothing_from_s3() {
        HttpResponse<byte[]> get = get(video);
        s3.shut();
        try {
            HttpResponse<byte[]> head = request("HEAD", video);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            for (String name : List.of(
                    "Content-Length",
                    "Content-Type",
                    "ETag",
                    "Last-Modified",
                    "Accept-Ranges",
                    "Content-Disposition")) {
                assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
            }
            assertThat(request("HEAD", video + "/", "Range", "bytes=0-1").statusCode())
                    .as("ranges are for GET")
                    .isEqualTo(200);
            assertThat(api.raw("HEAD /api/stream/" + video + " HTTP/1.1", "Host: localhost:" + api.port()))
                    .contains("content-length: 100000")
                    .endsWith("\r\n\r\n");
        } finally {
            s3.reopen();
        }
    }

    @Test
    void a_file_that_the_client_has_is_not_sent_again() {
        for (String method : List.of("GET", "HEAD")) {
            for (String tags : List.of(tag, "W/" + tag, "*", "\"other\", " + tag)) {
                HttpResponse<byte[]> answer = request(method, video, "If-None-Match", tags, "Range", "bytes=0-1");
                assertThat(answer.statusCode()).as(tags).isEqualTo(304);
                assertThat(answer.body()).isEmpty();
                assertThat(header(answer, "ETag")).isEqualTo(tag);
                assertThat(header(answer, "Cache-Control")).isEqualTo("private, no-cache");
            }
        }
        assertThat(get(video, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(get(video, "If-Modified-Since", MADE).statusCode()).isEqualTo(304);
    }

    @Test
    void a_file_that_the_client_does_not_mean_is_not_sent() {
        problem(get(video, "If-Match", "\"other\""), 412, "PRECONDITION_FAILED");
        problem(get(video, "If-Match", "W/" + tag), 412, "PRECONDITION_FAILED");
        problem(request("HEAD", video, "If-Match", "\"other\""), 412);
        problem(get(video, "If-Unmodified-Since", "Tue, 06 Jan 2026 10:30:59 GMT"), 412, "PRECONDITION_FAILED");
        assertThat(get(video, "If-Match", "\"other\", " + tag, "Range", "bytes=1-2")
                        .statusCode())
                .isEqualTo(206);
        assertThat(get(video, "If-Match", "*").statusCode()).isEqualTo(200);
    }

    @Test
    void a_part_is_sent_only_of_the_file_that_the_client_has_the_rest_of() {
        for (String same : List.of(tag, MADE)) {
            assertThat(get(video, "Range", "bytes=1-2", "If-Range", same).statusCode())
                    .as(same)
                    .isEqualTo(206);
        }
        for (String other : List.of("\"other\"", "W/" + tag, "Tue, 06 Jan 2026 10:30:00 GMT", "nonsense")) {
            HttpResponse<byte[]> answer = get(video, "Range", "bytes=1-2", "If-Range", other);
            assertThat(answer.statusCode()).as(other).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(standard);
        }
        assertThat(get(video, "Range", "bytes=200000-", "If-Range", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clip \"quoted\".mp4",
                "a\r\nSet-Cookie: stolen=1\r\n\r\n<script>.mp4",
                "Übung 😀.mp4",
                "../../../etc/passwd",
                "gpj\u202e.mp4"
            })
    void whatever_a_file_is_called_its_header_is_one(String name) {
        hostile(name);
    }

    @Test
    void a_name_of_300_characters_is_cut() {
        hostile("x".repeat(300) + ".mp4");
    }

    private void hostile(String name) {
        String id = footage.video(footage.put(original, "named.mp4", "text/html", name));
        HttpResponse<byte[]> answer = get(id);
        assertThat(answer.body()).isEqualTo(original);
        assertThat(header(answer, "Content-Disposition"))
                .startsWith("inline; filename=\"")
                .hasSizeLessThan(1000);
        assertThat(header(answer, "Set-Cookie")).isNull();
        assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
    }

    // What can go wrong

    @Test
    void a_file_that_was_removed_or_overwritten_is_gone() {
        MediaFile file = footage.put(original, "fleeting.mp4", "video/mp4", "fleeting.mp4");
        String id = footage.video(file);
        caravan.clients()
                .s3()
                .putObject(
                        request -> request.bucket(file.bucket()).key(file.key()),
                        RequestBody.fromString("other bytes"));
        assertThat(problem(get(id), 410, "FILE_GONE").path("detail").asText()).contains("overwritten");
        caravan.clients().s3().deleteObject(request -> request.bucket(file.bucket())
                .key(file.key()));
        assertThat(problem(get(id, "Range", "bytes=0-1"), 410, "FILE_GONE")
                        .path("detail")
                        .asText())
                .contains("removed");
    }

    @Test
    void a_store_that_is_down_is_a_problem_that_passes() {
        s3.shut();
        try {
            problem(get(video), 503, "STORE_UNAVAILABLE");
        } finally {
            s3.reopen();
        }
        assertThat(get(video).body()).isEqualTo(standard);
    }

    @Test
    void a_store_that_dies_in_the_middle_ends_the_answer_before_its_end() throws IOException {
        try (InputStream body = open(largeVideo)) {
            assertThat(body.readNBytes(100_000)).isEqualTo(Arrays.copyOf(large, 100_000));
            s3.shut();
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        } finally {
            s3.reopen();
        }
        assertThat(get(video).body()).isEqualTo(standard);
    }

    @Test
    void clients_that_go_away_give_their_connections_back_and_nothing_is_read_in_vain() throws IOException {
        long answered = s3.answered();
        for (int i = 0; i < 3 * CONNECTIONS; i++) {
            try (Socket client = ask(caravan, largeVideo)) {
                assertThat(client.getInputStream().readNBytes(10_000)).hasSize(10_000);
            }
        }
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            answers.add(http.sendAsync(build("GET", video), HttpResponse.BodyHandlers.ofByteArray()));
        }
        answers.forEach(answer -> assertThat(answer.join().body()).isEqualTo(standard));
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(3))
                .until(() -> s3.answered() - answered < CONNECTIONS * (long) LARGE);
    }

    @Test
    void a_client_that_stops_reading_holds_s3_back_and_is_let_go() throws IOException {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.name", caravan.property("caravan.name"));
        changes.put("caravan.s3.endpoint", s3.url());
        changes.put("caravan.stream.stall", "2s");
        try (TestCaravan hasty = TestCaravan.start(changes);
                Socket client = ask(hasty, largeVideo)) {
            long answered = s3.answered();
            assertThat(client.getInputStream().readNBytes(1_000)).hasSize(1_000);
            Awaitility.await()
                    .during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> s3.answered() - answered < LARGE / 2);
            assertThat(rest(client)).as("bytes that were on their way").isLessThan(LARGE / 2);
        }
    }

    /** How many bytes still come before the connection is closed or broken. */
    private static long rest(Socket client) {
        long count = 0;
        try {
            byte[] buffer = new byte[64 * 1024];
            for (int n; (n = client.getInputStream().read(buffer)) >= 0; ) {
                count += n;
            }
        } catch (IOException e) {
            return count;
        }
        return count;
    }

    @Test
    void more_clients_than_connections_are_all_served() {
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String range = "bytes=%d-%d".formatted(i * 1_000_000, i * 1_000_000 + 4_999_999);
            answers.add(
                    http.sendAsync(build("GET", largeVideo, "Range", range), HttpResponse.BodyHandlers.ofByteArray()));
        }
        for (int i = 0; i < answers.size(); i++) {
            HttpResponse<byte[]> answer = answers.get(i).join();
            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(large, i * 1_000_000, i * 1_000_000 + 5_000_000));
        }
    }

    // Links

    @Test
    void the_links_that_the_api_hands_out_lead_here() {
        JsonNode shown = api.get("/api/videos/" + video).body();
        assertThat(shown.path("link").asText()).isEqualTo(uri(video).toString());
        assertThat(get(shown.path("link").asText()).body()).isEqualTo(standard);
        String link = shown.at("/derivatives/0/link").asText();
        assertThat(link).isEqualTo(uri(video + "?type=standard-video").toString());
        assertThat(get(link).body()).isEqualTo(standard);
    }

    @Test
    void clients_can_be_sent_on_to_s3() throws Exception {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.name", caravan.property("caravan.name"));
        changes.put("caravan.stream.mode", "redirect");
        changes.put("caravan.links", "presigned");
        try (TestCaravan other = TestCaravan.start(changes)) {
            String there = other.caravan().apiUrl() + "/api/stream/" + video;
            HttpResponse<byte[]> answer = get(there);
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
            HttpRequest next = HttpRequest.newBuilder(URI.create(header(answer, "Location")))
                    .header("Range", "bytes=1-3")
                    .build();
            HttpResponse<byte[]> bytes = http.send(next, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(bytes.statusCode()).isEqualTo(206);
            assertThat(bytes.body()).isEqualTo(slice("1-3"));
            assertThat(header(bytes, "Content-Disposition")).isEqualTo("inline; filename=\"clip one.mp4\"");
            assertThat(request("HEAD", there).statusCode()).isEqualTo(200);
            assertThat(get(there, "If-None-Match", tag).statusCode()).isEqualTo(304);
            String link = new ApiClient(other)
                    .get("/api/videos/" + video)
                    .body()
                    .path("link")
                    .asText();
            assertThat(link).contains("X-Amz-Signature");
            assertThat(get(link).body()).isEqualTo(standard);
        }
    }

    // Asking

    private URI uri(String video) {
        return video.startsWith("http")
                ? URI.create(video)
                : URI.create(caravan.caravan().apiUrl() + "/api/stream/" + video);
    }

    private HttpRequest build(String method, String video, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(video)).method(method, HttpRequest.BodyPublishers.noBody());
        return (headers.length > 0 ? request.headers(headers) : request).build();
    }

    private HttpResponse<byte[]> get(String video, String... headers) {
        return request("GET", video, headers);
    }

    private HttpResponse<byte[]> request(String method, String video, String... headers) {
        return http.sendAsync(build(method, video, headers), HttpResponse.BodyHandlers.ofByteArray())
                .join();
    }

    private InputStream open(String video) {
        return http.sendAsync(build("GET", video), HttpResponse.BodyHandlers.ofInputStream())
                .join()
                .body();
    }

    /** A client that has asked, and reads as it likes. */
    private static Socket ask(TestCaravan caravan, String video) {
        try {
            int port = new ApiClient(caravan).port();
            Socket socket = new Socket("127.0.0.1", port);
            String text = "GET /api/stream/%s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n".formatted(video, port);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    private static JsonNode problem(HttpResponse<byte[]> answer, int status, String code) {
        problem(answer, status);
        try {
            JsonNode problem = Json.MAPPER.readTree(answer.body());
            assertThat(problem.path("code").asText()).isEqualTo(code);
            return problem;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void problem(HttpResponse<byte[]> answer, int status) {
        assertThat(answer.statusCode())
                .as("%s", new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    }
}
