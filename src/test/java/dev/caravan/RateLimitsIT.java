package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.local.SharedCloud;
import dev.caravan.records.Items;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Limits of rate, with several workers, with Redis and without. */
class RateLimitsIT {
    /** Between taking a token and the first line of a step lies a claim, which takes its time. */
    private static final Duration CLAIM = Duration.ofMillis(400);

    @Test
    void two_workers_together_start_no_more_jobs_of_a_pipeline_than_its_rate() {
        try (TestCaravan one = TestCaravan.start(TestCaravan.ENGINE_ONLY);
                TestCaravan other = one.twin()) {
            List<String> jobs = submit(one, "limited-act", 10);
            jobs.forEach(job -> assertThat(one.awaitEnd(job).status()).isEqualTo(JobStatus.COMPLETED));
            List<Long> starts = starts("limited", one, other);
            assertThat(starts).hasSize(10);
            assertNeverMore(starts, 3, Duration.ofSeconds(2));
            assertThat(starts.get(9) - starts.get(0))
                    .as("and hardly later than it must be")
                    .isLessThan(Duration.ofSeconds(9).toNanos());
        }
    }

    @Test
    void a_job_that_waits_for_a_provider_gives_its_place_back_and_no_attempt_is_counted() {
        try (TestCaravan caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY)
                .change("caravan.worker.concurrency", "1")
                .change("caravan.rate.critic", "1/3s")) {
            caravan.start();
            List<String> jobs = submit(caravan, "calling-acts", 2);
            String waits = Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(10))
                    .until(
                            () -> jobs.stream()
                                    .filter(id -> "rate".equals(caravan.job(id).waitingFor()))
                                    .findFirst()
                                    .orElse(""),
                            id -> !id.isEmpty());
            String meanwhile = caravan.submit("three-acts");
            assertThat(caravan.awaitEnd(meanwhile).status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(caravan.job(waits).status()).isEqualTo(JobStatus.QUEUED);
            assertThat(caravan.awaitEnd(waits).status()).isEqualTo(JobStatus.COMPLETED);
            Job done = caravan.job(waits);
            assertThat(done.retryCount()).isZero();
            assertThat(done.steps().get("ask").attempts()).isEqualTo(1);
            assertThat(caravan.stage.notes("critic")).hasSize(2);
            assertThat(history(caravan, waits))
                    .filteredOn(event -> event.get("event").equals("waiting"))
                    .singleElement()
                    .satisfies(event -> assertThat(event)
                            .containsEntry("code", "RATE_WAIT")
                            .containsEntry("kind", "WAITING")
                            .containsEntry("step", "ask")
                            .containsKey("wait_ms"));
            assertNeverMore(starts("critic", caravan), 1, Duration.ofSeconds(3));
        }
    }

    @Test
    void a_second_attempt_that_waits_for_a_provider_stays_the_second() {
        try (TestCaravan caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).change("caravan.rate.critic", "1/2s")) {
            caravan.stage.set("critic", (exchange, step) -> {
                if (step.attempt() == 1) {
                    throw new IllegalStateException("busy");
                }
            });
            caravan.start();
            Job done = caravan.awaitEnd(caravan.submit("calling-acts"));
            assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(done.retryCount()).isEqualTo(1);
            assertThat(done.steps().get("ask").attempts()).isEqualTo(2);
            assertThat(caravan.stage.notes("critic")).hasSize(2);
            assertNeverMore(starts("critic", caravan), 1, Duration.ofSeconds(2));
        }
    }

    @Test
    void without_redis_each_worker_keeps_the_limit_for_itself_and_together_again_when_it_is_back() {
        String redis = SharedCloud.get().properties().get("caravan.redis.url");
        try (Gate gate = new Gate(redis)) {
            Map<String, String> changes = new HashMap<>(TestCaravan.ENGINE_ONLY);
            changes.put(
                    "caravan.redis.url", redis.replaceFirst(":\\d+$", gate.url().replaceFirst(".*:", ":")));
            try (TestCaravan one = TestCaravan.start(changes);
                    TestCaravan other = one.twin()) {
                awaitRedis(one, other);
                submit(one, "limited-act", 3).forEach(one::awaitEnd);
                gate.shut();
                submit(one, "limited-act", 9).forEach(one::awaitEnd);
                assertNeverMore(starts("limited", one), 3, Duration.ofSeconds(2));
                assertNeverMore(starts("limited", other), 3, Duration.ofSeconds(2));
                gate.reopen();
                awaitRedis(one, other);
                int before = starts("limited", one, other).size();
                // What each took by itself has left the window when these three have gone through Redis.
                submit(one, "limited-act", 3).forEach(one::awaitEnd);
                submit(one, "limited-act", 6).forEach(one::awaitEnd);
                List<Long> starts = starts("limited", one, other);
                assertThat(starts).hasSize(before + 9);
                assertNeverMore(starts.subList(before, before + 9), 3, Duration.ofSeconds(2));
            }
        }
    }

    @Test
    void a_limit_of_a_provider_that_nobody_calls_is_refused() {
        TestCaravan caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).change("caravan.rate.painter", "10/1m");
        org.assertj.core.api.Assertions.assertThatThrownBy(caravan::start)
                .hasStackTraceContaining(
                        "caravan.rate.painter: it would have no effect: no step of a pipeline calls that provider; they call critic");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> TestCaravan.prepare(TestCaravan.ENGINE_ONLY)
                        .change("caravan.rate.critic", "ten")
                        .start())
                .hasStackTraceContaining("caravan.rate.critic = ten: it must be a rate such as 10/1m");
    }

    private static void awaitRedis(TestCaravan one, TestCaravan other) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> one.wiring().redis.up() && other.wiring().redis.up());
    }

    private static List<String> submit(TestCaravan caravan, String pipeline, int jobs) {
        return Stream.generate(() -> caravan.submit(pipeline)).limit(jobs).toList();
    }

    private static List<Long> starts(String scene, TestCaravan... caravans) {
        List<Long> starts = new ArrayList<>();
        for (TestCaravan caravan : caravans) {
            caravan.stage.notes(scene).forEach(note -> starts.add(note.nanoTime()));
        }
        return starts.stream().sorted().toList();
    }

    private static void assertNeverMore(List<Long> starts, int max, Duration per) {
        for (int i = max; i < starts.size(); i++) {
            assertThat(starts.get(i) - starts.get(i - max))
                    .isGreaterThanOrEqualTo(per.minus(CLAIM).toNanos());
        }
    }

    private static List<Map<String, Object>> history(TestCaravan caravan, String job) {
        return caravan
                .clients()
                .dynamo()
                .query(QueryRequest.builder()
                        .tableName(caravan.caravan().setting("caravan.table.jobs"))
                        .keyConditionExpression("job_id = :job AND begins_with(#item, :history)")
                        .expressionAttributeNames(Map.of("#item", "item"))
                        .expressionAttributeValues(Items.attributes(Map.of(":job", job, ":history", "history#")))
                        .build())
                .items()
                .stream()
                .map(Items::map)
                .toList();
    }
}
