package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.ApiClient.Answer;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.json.Json;
import dev.caravan.webhook.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whoever announced a file with notify_url hears what became of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotifyIT {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD_SECRET = "whsec_b2xkIHNlY3JldCBvZiBvdXJz";

    @TempDir
    static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, BlockingQueue<Call>> calls = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<Reply>> replies = new ConcurrentHashMap<>();
    private HttpServer site;
    private TestCaravan caravan;
    private ApiClient api;
    private byte[] clip;

    private record Call(String id, String timestamp, String signature, byte[] body, String status) {
        JsonNode json() {
            try {
                return Json.MAPPER.readTree(body);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private record Reply(int status, String header, String value) {}

    @BeforeAll
    void start() throws IOException {
        clip = Files.readAllBytes(TestMedia.clip(folder, "clip.mp4", 0.5));
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        site.setExecutor(threads);
        site.createContext("/", this::answer);
        site.start();
        caravan = TestCaravan.prepareOnSharedBucket()
                .change("caravan.ffmpeg.preset", "ultrafast")
                .change("caravan.import.allow", "127.0.0.1")
                .change("caravan.notify.secrets", SECRET + "," + OLD_SECRET);
        caravan.start();
        api = new ApiClient(caravan);
    }

    @AfterAll
    void stop() {
        caravan.close();
        site.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        byte[] body = exchange.getRequestBody().readAllBytes();
        calls(path)
                .add(new Call(
                        exchange.getRequestHeaders().getFirst("webhook-id"),
                        exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                        exchange.getRequestHeaders().getFirst("webhook-signature"),
                        body,
                        status(body)));
        Reply reply = replies(path).poll();
        if (reply != null && reply.header() != null) {
            exchange.getResponseHeaders().set(reply.header(), reply.value());
        }
        exchange.sendResponseHeaders(reply == null ? 204 : reply.status(), -1);
        exchange.close();
    }

    /** Of the asset while its owner is being told. */
    private String status(byte[] body) throws IOException {
        String id = Json.MAPPER.readTree(body).at("/data/asset_id").asText();
        return caravan.asset(id).status().word();
    }

    private BlockingQueue<Call> calls(String path) {
        return calls.computeIfAbsent(path, absent -> new LinkedBlockingQueue<>());
    }

    private BlockingQueue<Reply> replies(String path) {
        return replies.computeIfAbsent(path, absent -> new LinkedBlockingQueue<>());
    }

    private Call call(String path) throws InterruptedException {
        Call call = calls(path).poll(60, TimeUnit.SECONDS);
        assertThat(call).as("a call of %s", path).isNotNull();
        return call;
    }

    /** Announces, sends and completes; answers the id. */
    private String upload(String path, byte[] bytes) throws Exception {
        Answer announced = api.json(
                "POST",
                "/api/alerts/alert-7/media/initiate",
                ("{\"type\":\"video\",\"filename\":\"clip.mp4\",\"mimeType\":\"video/mp4\",\"size\":%d,\"notify_url\":"
                                + "\"http://127.0.0.1:%d%s\"}")
                        .formatted(bytes.length, site.getAddress().getPort(), path));
        assertThat(announced.status()).as(announced.response().body()).isEqualTo(201);
        JsonNode upload = announced.body().path("upload");
        HttpRequest.Builder put = HttpRequest.newBuilder(
                        URI.create(upload.path("url").asText()))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
        upload.path("headers")
                .properties()
                .forEach(header -> put.header(header.getKey(), header.getValue().asText()));
        assertThat(http.send(put.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        Answer completed =
                api.json("POST", announced.body().path("complete_path").asText(), "{}");
        assertThat(completed.status()).isEqualTo(202);
        return announced.body().path("mediaId").asText();
    }

    private Job job(String assetId) {
        return caravan.jobs().ofAsset(assetId).stream()
                .map(caravan::job)
                .filter(job -> job.pipeline().equals("notify"))
                .findFirst()
                .orElseThrow();
    }

    private Job ended(String assetId) {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> job(assetId), job -> job.status()
                .ended());
    }

    @Test
    void its_owner_hears_once_it_is_ready_signed_and_again_where_that_did_not_work() throws Exception {
        replies("/hook?key=s3cret").add(new Reply(503, "Retry-After", "1"));
        String id = upload("/hook?key=s3cret", clip);
        Call refused = call("/hook?key=s3cret");
        Call taken = call("/hook?key=s3cret");
        assertThat(taken.status()).as("not before").isEqualTo("ready");
        assertThat(taken.id()).as("the same message").isEqualTo(refused.id()).isEqualTo(job(id).jobId());
        for (String secret : List.of(SECRET, OLD_SECRET)) {
            new Secrets("a.setting", List.of(secret))
                    .verify(taken.id(), taken.timestamp(), taken.signature(), taken.body(), Instant.now());
        }
        JsonNode news = taken.json();
        assertThat(news.path("type").asText()).isEqualTo("media.ready");
        assertThat(news.at("/data/asset_id").asText()).isEqualTo(id);
        assertThat(news.at("/data/status").asText()).isEqualTo("ready");
        assertThat(news.at("/data/alert_id").asText()).isEqualTo("alert-7");
        assertThat(news.at("/data/derivatives")).anyMatch(type -> type.asText().equals("standard-video"));
        assertThat(api.get(news.at("/data/path").asText()).status()).isEqualTo(200);
        Job job = ended(id);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.retryCount()).isEqualTo(1);
        assertThat(api.get("/api/v1/jobs/" + job.jobId()).response().body()).doesNotContain("s3cret");
    }

    @Test
    void until_then_the_job_waits_and_says_for_what() throws Exception {
        api.json("POST", "/api/v1/queues/pause", "{\"pipeline\":\"standardize-video\"}");
        String id = upload("/patient", clip);
        Awaitility.await().until(() -> api.get("/api/v1/jobs/" + job(id).jobId())
                .body()
                .path("waiting_for")
                .asText()
                .equals("asset"));
        assertThat(job(id).retryCount()).isZero();
        api.json("POST", "/api/v1/queues/resume", "{\"pipeline\":\"standardize-video\"}");
        assertThat(call("/patient").status()).isEqualTo("ready");
        assertThat(calls("/patient")).isEmpty();
    }

    @Test
    void its_owner_hears_of_a_file_that_cannot_be_read() throws Exception {
        String id = upload("/failed", Arrays.copyOf(clip, 200));
        JsonNode news = call("/failed").json();
        assertThat(news.path("type").asText()).isEqualTo("media.failed");
        assertThat(news.at("/data/error/code").asText())
                .isEqualTo(caravan.asset(id).error().code());
        assertThat(news.at("/data/error/message").asText()).isNotEmpty();
    }

    @Test
    void who_wants_no_more_news_is_left_alone_and_redirects_are_not_followed() throws Exception {
        replies("/moved").add(new Reply(302, "Location", "/elsewhere"));
        replies("/moved").add(new Reply(410, null, null));
        Job job = ended(upload("/moved", clip));
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error().code()).isEqualTo("NOTIFY_GONE");
        assertThat(job.error().message()).contains("/moved answered 410");
        assertThat(calls("/moved")).hasSize(2);
        assertThat(calls("/elsewhere")).isEmpty();
        assertThat(caravan.asset(job.assetId()).status().word())
                .as("the news is not the file")
                .isEqualTo("ready");
    }
}
