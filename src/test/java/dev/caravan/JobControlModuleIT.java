package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ApiClient.Answer;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queues and workers as an operator steers them. */
class JobControlModuleIT {
    private TestCaravan caravan;
    private ApiClient api;

    private void start(Map<String, String> changes) {
        Map<String, String> all = new HashMap<>(TestCaravan.WITH_API);
        all.put("caravan.worker.name", "worker-1");
        all.putAll(changes);
        caravan = TestCaravan.start(all);
        api = new ApiClient(caravan);
    }

    @AfterEach
    void stop() {
        if (caravan != null) {
            caravan.close();
        }
    }

    @Test
    void a_paused_pipeline_holds_up_nobody_else_and_goes_on_when_it_is_resumed() {
        start(Map.of());
        JsonNode paused =
                post("/api/v1/queues/pause", "{\"pipeline\":\"three-acts\",\"reason\":\"disk\",\"by\":\"anna\"}");
        assertThat(paused.at("/paused/0/pipeline").asText()).isEqualTo("three-acts");
        assertThat(paused.at("/paused/0/reason").asText()).isEqualTo("disk");
        List<String> held = IntStream.range(0, 60)
                .mapToObj(i -> caravan.submit("three-acts"))
                .toList();
        assertThat(caravan.awaitEnd(caravan.submit("one-act")).status()).isEqualTo(JobStatus.COMPLETED);
        JsonNode queues = get("/api/v1/queues");
        assertThat(pipeline(queues, "three-acts").path("waiting").asLong()).isEqualTo(60);
        assertThat(pipeline(queues, "three-acts").path("paused").asBoolean()).isTrue();
        assertThat(pipeline(queues, "one-act").path("paused").asBoolean()).isFalse();
        assertThat(caravan.stage.scenes()).containsOnly("only");
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        get("/api/health").at("/checks/queues/message").asText())
                .startsWith("Paused: three-acts, since ")
                .endsWith(", by anna: disk"));
        assertThat(get("/api/health").path("status").asText()).isNotEqualTo("unhealthy");
        assertThat(post("/api/v1/queues/resume", "{\"pipeline\":\"three-acts\"}")
                        .path("paused"))
                .isEmpty();
        held.forEach(id -> assertThat(caravan.awaitEnd(id).status()).isEqualTo(JobStatus.COMPLETED));
    }

    @Test
    void a_pause_survives_a_restart_and_a_job_that_runs_goes_on() throws InterruptedException {
        start(Map.of());
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        caravan.stage.set("only", (exchange, step) -> {
            running.countDown();
            goOn.await();
        });
        String soft = caravan.submit("one-act");
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        post("/api/v1/queues/pause", "{}");
        goOn.countDown();
        assertThat(caravan.awaitEnd(soft).status()).isEqualTo(JobStatus.COMPLETED);
        caravan.stop();
        caravan.start();
        api = new ApiClient(caravan);
        String held = caravan.submit("one-act");
        caravan.reconcile();
        assertThat(caravan.look()).isZero();
        assertThat(get("/api/v1/queues").at("/overall/paused").asBoolean()).isTrue();
        post("/api/v1/queues/resume", "{}");
        assertThat(caravan.awaitEnd(held).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void each_switch_is_turned_by_itself() {
        start(Map.of());
        post("/api/v1/queues/pause", "{}");
        post("/api/v1/queues/pause", "{\"priority\":\"low\"}");
        JsonNode still = post("/api/v1/queues/resume", "{}");
        assertThat(still.path("paused")).hasSize(1);
        assertThat(still.at("/paused/0/priority").asText()).isEqualTo("low");
        String low = caravan.submit("one-act", Priority.LOW, "anna");
        assertThat(caravan.awaitEnd(caravan.submit("one-act")).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(caravan.job(low).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(send("/api/v1/queues/pause", "{\"pipeline\":\"nobody\"}").status())
                .isEqualTo(400);
    }

    @Test
    void a_switch_that_was_turned_elsewhere_is_noticed_without_a_ring() {
        start(Map.of("caravan.reconciler.interval", "1h"));
        try (TestCaravan other = caravan.twin()) {
            new ApiClient(other).text("POST", "/api/v1/queues/pause", "application/json", "{}");
            Awaitility.await()
                    .until(() -> !caravan.wiring().switches.now().paused().isEmpty());
            String held = caravan.submit("one-act");
            assertThat(caravan.look() + other.look()).isZero();
            other.wiring().switches.resume(null, null);
            assertThat(caravan.awaitEnd(held).status()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    void a_drained_worker_finishes_what_it_runs_and_takes_nothing_new_until_it_is_resumed()
            throws InterruptedException {
        start(Map.of());
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        caravan.stage.set("only", (exchange, step) -> {
            running.countDown();
            goOn.await();
        });
        String first = caravan.submit("one-act");
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        awaitWorker(
                "worker-1", worker -> worker.at("/running/0/job_id").asText().equals(first));
        assertThat(get("/api/v1/queues").at("/overall/active").asLong()).isEqualTo(1);
        JsonNode drained = post("/api/v1/workers/worker-1/drain", "{}");
        assertThat(drained.at("/workers/0/state").asText()).isEqualTo("draining");
        String second = caravan.submit("three-acts");
        goOn.countDown();
        assertThat(caravan.awaitEnd(first).status()).isEqualTo(JobStatus.COMPLETED);
        awaitWorker("worker-1", worker -> worker.path("state").asText().equals("drained"));
        caravan.reconcile();
        assertThat(caravan.look()).isZero();
        assertThat(caravan.job(second).status()).isEqualTo(JobStatus.QUEUED);
        JsonNode resumed = api.send("POST", "/api/v1/workers/worker-1/resume").body();
        assertThat(resumed.at("/workers/0/state").asText()).isEqualTo("working");
        assertThat(caravan.awaitEnd(second).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void a_worker_that_was_drained_works_again_after_a_restart_and_others_took_its_rings() {
        start(Map.of());
        try (TestCaravan other = caravan.twin()) {
            awaitWorkers(2);
            String mine = caravan.wiring().identity.toString();
            caravan.wiring()
                    .switches
                    .drain(List.of(mine), List.of(mine, other.wiring().identity.toString()), null, null);
            List<String> ids = IntStream.range(0, 5)
                    .mapToObj(i -> caravan.submit("one-act"))
                    .toList();
            ids.forEach(id -> assertThat(caravan.awaitEnd(id).status()).isEqualTo(JobStatus.COMPLETED));
            assertThat(other.stage.scenes()).hasSize(5);
        }
        caravan.stop();
        caravan.start();
        assertThat(caravan.awaitEnd(caravan.submit("one-act")).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void a_purge_is_counted_first_and_cancels_only_what_waited_then() {
        start(Map.of());
        post("/api/v1/queues/pause", "{}");
        List<String> meant = IntStream.range(0, 7)
                .mapToObj(i -> caravan.submit("one-act", Priority.NORMAL, "anna"))
                .toList();
        String others = caravan.submit("one-act", Priority.NORMAL, "bert");
        Awaitility.await().untilAsserted(() -> assertThat(post("/api/v1/queues/purge", "{\"owner\":\"anna\"}")
                        .path("remaining")
                        .asLong())
                .isEqualTo(7));
        JsonNode counted = post("/api/v1/queues/purge", "{\"owner\":\"anna\"}");
        assertThat(counted.path("purged").asLong()).isZero();
        Awaitility.await().until(() -> System.currentTimeMillis() > asked(counted));
        String later = caravan.submit("one-act", Priority.NORMAL, "anna");
        String confirm = counted.path("confirm").asText();
        assertThat(send("/api/v1/queues/purge", "{\"owner\":\"bert\",\"confirm\":\"%s\"}".formatted(confirm))
                        .body()
                        .path("code")
                        .asText())
                .isEqualTo("INVALID_CONFIRMATION");
        JsonNode done = post(
                "/api/v1/queues/purge",
                "{\"owner\":\"anna\",\"limit\":3,\"reason\":\"test\",\"confirm\":\"%s\"}".formatted(confirm));
        assertThat(done.path("purged").asLong()).isEqualTo(3);
        while (done.hasNonNull("cursor")) {
            done = post(
                    "/api/v1/queues/purge",
                    "{\"owner\":\"anna\",\"limit\":3,\"confirm\":\"%s\",\"cursor\":\"%s\"}"
                            .formatted(confirm, done.path("cursor").asText()));
        }
        assertThat(done.path("remaining").asLong()).isZero();
        meant.forEach(id -> assertThat(caravan.job(id).status()).isEqualTo(JobStatus.CANCELLED));
        assertThat(caravan.job(others).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(caravan.job(later).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(get("/api/v1/jobs/" + meant.get(0)).path("history").toString())
                .contains("cancelled")
                .contains("purged: test");
        JsonNode queue = pipeline(get("/api/v1/queues"), "one-act");
        assertThat(queue.path("cancelled").asLong()).isEqualTo(7);
        assertThat(queue.path("waiting").asLong()).isEqualTo(2);
    }

    @Test
    void statistics_tell_assets_jobs_workers_and_the_pace_of_each_pipeline() {
        start(Map.of());
        IntStream.range(0, 4).mapToObj(i -> caravan.submit("one-act")).toList().forEach(caravan::awaitEnd);
        caravan.wiring().ends.write();
        JsonNode stats = get("/api/v1/video-processing-stats");
        assertThat(stats.at("/assets/video/ready").asLong()).isEqualTo(4);
        assertThat(stats.at("/assets/total").asLong()).isEqualTo(4);
        assertThat(stats.at("/jobs/completed").asLong()).isEqualTo(4);
        assertThat(stats.at("/jobs/total").asLong()).isEqualTo(4);
        awaitWorkers(1);
        JsonNode pace = pipeline(stats, "one-act");
        assertThat(pace.at("/last_hour/completed").asLong()).isEqualTo(4);
        assertThat(pace.at("/last_day/completed").asLong()).isEqualTo(4);
        assertThat(pace.at("/last_hour/median_seconds").asDouble()).isBetween(0.0, 20.0);
        assertThat(pace.at("/last_day/p95_seconds").asDouble())
                .isGreaterThanOrEqualTo(pace.at("/last_day/median_seconds").asDouble());
        assertThat(pipeline(stats, "three-acts").at("/last_hour/completed").asLong())
                .isZero();
    }

    @Test
    void a_rolling_restart_loses_no_more_than_the_step_that_it_interrupts() throws InterruptedException {
        start(Map.of(
                "caravan.reconciler.interval",
                "1h",
                "caravan.worker.concurrency",
                "1",
                "caravan.shutdown.grace",
                "0s"));
        CountDownLatch inSecond = new CountDownLatch(1);
        caravan.stage.set("second", (exchange, step) -> {
            inSecond.countDown();
            CountDownLatch killed = new CountDownLatch(1);
            step.onAbort(killed::countDown);
            killed.await();
            throw new IllegalStateException("killed");
        });
        String id = caravan.submit("three-acts");
        assertThat(inSecond.await(20, TimeUnit.SECONDS)).isTrue();
        awaitWorkers(1);
        try (TestCaravan other = caravan.twin()) {
            api = new ApiClient(other);
            awaitWorkers(2);
            caravan.stop();
            awaitWorkers(1);
            Job job = other.awaitEnd(id);
            assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(job.steps().get("second").attempts()).isEqualTo(1);
            assertThat(job.retryCount()).isZero();
            assertThat(caravan.stage.scenes()).containsExactly("first", "second");
            assertThat(other.stage.scenes()).containsExactly("second", "third");
        }
    }

    private static long asked(JsonNode counted) {
        String token =
                new String(Base64.getUrlDecoder().decode(counted.path("confirm").asText()), StandardCharsets.UTF_8);
        return Long.parseLong(token.split("\\|")[0]);
    }

    private void awaitWorkers(int many) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get("/api/v1/workers").path("workers").size() == many);
    }

    private void awaitWorker(String name, Predicate<JsonNode> state) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            for (JsonNode worker : get("/api/v1/workers").path("workers")) {
                if (worker.path("name").asText().equals(name) && state.test(worker)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static JsonNode pipeline(JsonNode answer, String name) {
        for (JsonNode pipeline : answer.path("pipelines")) {
            if (pipeline.path("pipeline").asText().equals(name)) {
                return pipeline;
            }
        }
        throw new AssertionError("no pipeline " + name + " in " + answer);
    }

    private JsonNode get(String path) {
        return api.get(path).body();
    }

    private JsonNode post(String path, String body) {
        Answer answer = send(path, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private Answer send(String path, String body) {
        return api.text("POST", path, "application/json", body);
    }
}
