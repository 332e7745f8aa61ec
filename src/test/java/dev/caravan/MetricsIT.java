package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ApiClient.Answer;
import dev.caravan.failure.StepException;
import dev.caravan.local.SharedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** What a Caravan that does real work tells of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {
    @TempDir
    static Path folder;

    private final Gate dynamo = new Gate(SharedCloud.get().properties().get("caravan.dynamodb.endpoint"));
    private TestCaravan caravan;
    private ApiClient api;
    private String upload;
    private String first;

    @BeforeAll
    void start() {
        caravan = TestCaravan.prepareOnSharedBucket().change("caravan.dynamodb.endpoint", dynamo.url());
        caravan.start();
        api = new ApiClient(caravan);
        first = scrape();
        failOneJob();
        upload = caravan.key("measured.mp4");
        Path clip = TestMedia.clip(folder, "clip.mp4", 1);
        caravan.clients()
                .s3()
                .putObject(
                        request -> request.bucket(caravan.property("caravan.s3.bucket"))
                                .key(upload),
                        RequestBody.fromFile(clip));
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() ->
                        value("caravan_jobs_ended_total", "pipeline=\"standardize-video\",status=\"COMPLETED\"") == 1);
    }

    /** Its first step needs a second attempt, its second step fails for good. */
    private void failOneJob() {
        caravan.stage.set("first", (exchange, step) -> {
            if (step.attempt() == 1) {
                throw new IllegalStateException("the first attempt");
            }
        });
        caravan.stage.set("second", (exchange, step) -> {
            throw StepException.permanent("NOT_MEDIA", "It is not", "Nothing");
        });
        caravan.awaitEnd(caravan.submit("three-acts"));
    }

    @AfterAll
    void stop() {
        caravan.close();
        dynamo.close();
    }

    private String scrape() {
        return api.get("/metrics").response().body();
    }

    /** Of the series with exactly these labels; NaN where there is none. */
    private double value(String name, String labels) {
        return scrape().lines()
                .filter(line -> line.startsWith(name + (labels.isEmpty() ? " " : "{" + labels + "} ")))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** A series that is born with its first event has no growth that an alert could see. */
    @Test
    void every_series_of_the_alerts_is_there_before_anything_happened() throws IOException {
        String rules =
                Files.readString(Path.of("docker/prometheus/caravan.rules.yml")).replaceAll("summary: .*", "");
        Set<String> wanted = new TreeSet<>();
        Pattern.compile("caravan_[a-z_]+(\\{(outcome|status)=\"[^\"]+\")?")
                .matcher(rules)
                .results()
                .forEach(found -> wanted.add(found.group()));
        // Its alert is about a rate over minutes, and this scrape is the first request of all.
        wanted.remove("caravan_http_request_duration_seconds_count");
        assertThat(wanted)
                .contains("caravan_ingest_events_total{outcome=\"unreadable\"", "caravan_queue_paused")
                .allSatisfy(series -> {
                    String[] parts = series.split("\\{");
                    assertThat(first.lines())
                            .as(series)
                            .anyMatch(line ->
                                    line.startsWith(parts[0]) && (parts.length == 1 || line.contains(parts[1])));
                });
        assertThat(first.lines().filter(line -> line.startsWith("caravan_step_attempts_total{outcome=\"ours\"")))
                .hasSizeGreaterThan(20)
                .allMatch(line -> line.endsWith(" 0.0"));
    }

    @Test
    void a_job_that_was_completed_is_told_of() {
        assertThat(value("caravan_jobs_accepted_total", "pipeline=\"standardize-video\""))
                .isEqualTo(1);
        assertThat(value("caravan_job_duration_seconds_count", "pipeline=\"standardize-video\",status=\"COMPLETED\""))
                .isEqualTo(1);
        assertThat(value("caravan_jobs_ended_total", "pipeline=\"standardize-video\",status=\"FAILED\""))
                .isZero();
        for (String step : Set.of("probe", "convert", "publish")) {
            assertThat(value(
                            "caravan_step_attempts_total",
                            "outcome=\"completed\",pipeline=\"standardize-video\",step=\"" + step + "\""))
                    .as(step)
                    .isEqualTo(1);
        }
        assertThat(value(
                        "caravan_step_duration_seconds_bucket",
                        "outcome=\"completed\",pipeline=\"standardize-video\",step=\"convert\",le=\"3600.0\""))
                .isEqualTo(1);
        assertThat(value("caravan_ffmpeg_runs_total", "outcome=\"completed\",program=\"ffmpeg\""))
                .as("sound is heard, then all of it is encoded")
                .isEqualTo(2);
        assertThat(value("caravan_ffmpeg_speed_ratio_count", "")).isEqualTo(1);
        assertThat(value("caravan_ffmpeg_speed_ratio_sum", "")).isBetween(0.01, 100.0);
        assertThat(value("caravan_ingest_events_total", "outcome=\"accepted\"")).isEqualTo(1);
    }

    @Test
    void bytes_to_and_from_the_bucket_are_counted() {
        String id = StreamSupport.stream(
                        api.get("/api/videos").body().path("items").spliterator(), false)
                .filter(video -> video.path("filename").asText().equals("measured.mp4"))
                .map(video -> video.path("id").asText())
                .findFirst()
                .orElseThrow();
        long source = caravan.asset(id).source().size();
        assertThat(value("caravan_storage_read_bytes_total", "")).isEqualTo(source);
        assertThat(value("caravan_storage_written_bytes_total", ""))
                .isEqualTo(source + caravan.asset(id).file().size());
    }

    @Test
    void attempts_and_failures_are_told_by_what_became_of_them() {
        String first = "outcome=\"%s\",pipeline=\"three-acts\",step=\"first\"";
        assertThat(value("caravan_step_attempts_total", first.formatted("transient")))
                .isEqualTo(1);
        assertThat(value("caravan_step_attempts_total", first.formatted("completed")))
                .isEqualTo(1);
        assertThat(value("caravan_step_duration_seconds_count", first.formatted("completed")))
                .isEqualTo(1);
        String second = "outcome=\"%s\",pipeline=\"three-acts\",step=\"second\"";
        assertThat(value("caravan_step_attempts_total", second.formatted("permanent")))
                .isEqualTo(1);
        assertThat(value("caravan_step_duration_seconds_count", second.formatted("failed")))
                .isEqualTo(1);
        assertThat(value("caravan_jobs_failed_total", "code=\"NOT_MEDIA\",pipeline=\"three-acts\""))
                .isEqualTo(1);
        assertThat(value("caravan_jobs_ended_total", "pipeline=\"three-acts\",status=\"FAILED\""))
                .isEqualTo(1);
    }

    @Test
    void what_runs_and_what_waits_is_told_while_it_does() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        caravan.stage.set("only", (exchange, step) -> goOn.await());
        String id = caravan.submit("one-act");
        Awaitility.await().until(() -> value("caravan_jobs_running", "pipeline=\"one-act\"") == 1);
        assertThat(value("caravan_worker_places_taken", "")).isEqualTo(1);
        assertThat(value("caravan_worker_places", "")).isEqualTo(8);
        assertThat(value("caravan_worker_slots_taken", "")).isEqualTo(1);
        assertThat(value("caravan_worker_slots", "")).isPositive();
        // What was counted before the claim is good for two seconds.
        Awaitility.await().until(() -> value("caravan_jobs_waiting", "priority=\"normal\"") == 0);
        goOn.countDown();
        caravan.awaitEnd(id);
        Awaitility.await().until(() -> value("caravan_jobs_running", "pipeline=\"one-act\"") == 0);
    }

    @Test
    void requests_are_told_by_route_and_never_by_what_a_client_made_up() {
        api.get("/api/videos/made-up-id");
        api.send("HEAD", "/api/videos/made-up-id/");
        api.get("/made/up/path");
        api.send("MADEUP", "/livez");
        api.get("/docs");
        api.get("/api/videos", "Origin", "https://evil.example");
        String request = "method=\"%s\",route=\"%s\",status=\"%s\"";
        String count = "caravan_http_request_duration_seconds_count";
        assertThat(value(count, request.formatted("GET", "/api/videos/{video_id}", 404)))
                .isEqualTo(1);
        assertThat(value(count, request.formatted("HEAD", "/api/videos/{video_id}", 404)))
                .isEqualTo(1);
        assertThat(value(count, request.formatted("GET", "none", 404))).isEqualTo(1);
        assertThat(value(count, request.formatted("other", "/livez", 405))).isEqualTo(1);
        assertThat(value(count, request.formatted("GET", "/docs", 200))).isEqualTo(1);
        assertThat(value(count, request.formatted("GET", "/api/videos", 403))).isEqualTo(1);
        assertThat(value("caravan_http_sent_bytes_total", "route=\"/docs\"")).isPositive();
        api.withBody("GET", "/livez", "application/json", "{\"a\": 1}");
        assertThat(value("caravan_http_received_bytes_total", "route=\"/livez\""))
                .isEqualTo(8);
        assertThat(scrape())
                .doesNotContain("made-up", "made/up", "MADEUP", "measured.mp4", caravan.property("caravan.name"));
    }

    @Test
    void openmetrics_is_for_those_who_accept_it() {
        Answer text = api.get("/metrics");
        assertThat(text.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text.response().body()).doesNotContain("# EOF");
        Answer open = api.get(
                "/metrics",
                "Accept",
                "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.1");
        assertThat(open.contentType()).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.response().body()).endsWith("# EOF\n");
        assertThat(api.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0")
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/metrics", "Accept", "text/plain").status()).isEqualTo(200);
    }

    @Test
    void the_process_itself_is_measured() {
        assertThat(scrape())
                .contains(
                        "jvm_memory_used_bytes{",
                        "jvm_threads_live_threads",
                        "jvm_gc_",
                        "process_uptime_seconds",
                        "process_cpu_usage");
    }

    @Test
    void without_a_store_everything_else_is_told() {
        dynamo.shut();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> Double.isNaN(value("caravan_jobs_waiting", "priority=\"normal\"")));
            long start = System.nanoTime();
            Answer answer = api.get("/metrics");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.response().body())
                    .contains("caravan_jobs_waiting{priority=\"normal\"} NaN", "jvm_memory_used_bytes");
        } finally {
            dynamo.reopen();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> value("caravan_jobs_waiting", "priority=\"normal\"") == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/operators.md", "docker/grafana/caravan.json"})
    void what_operators_look_at_is_there(String file) throws IOException {
        Set<String> told = told();
        Set<String> named = new TreeSet<>();
        Pattern.compile("\\b(?:caravan|jvm|process)_[a-z_]+")
                .matcher(Files.readString(Path.of(file)))
                .results()
                .forEach(found -> named.add(found.group().replaceAll("_(bucket|sum|count)$", "")));
        assertThat(named).hasSizeGreaterThan(5).isSubsetOf(told);
    }

    @Test
    void the_documented_metrics_are_those_that_there_are() {
        Set<String> told = told();
        assertThat(scrape().lines().filter(line -> line.matches("# HELP \\S+ *")))
                .as("without a word")
                .isEmpty();
        told.removeIf(name -> !name.startsWith("caravan_") || name.endsWith("_max"));
        assertThat(told).isEqualTo(MetricsContract.names());
    }

    /** The names of all metrics. */
    private Set<String> told() {
        Set<String> told = new TreeSet<>();
        Pattern.compile("# TYPE (\\S+)").matcher(scrape()).results().forEach(found -> told.add(found.group(1)));
        return told;
    }
}
