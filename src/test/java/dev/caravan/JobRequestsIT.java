package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.asset.Asset;
import dev.caravan.failure.Refusal;
import dev.caravan.functional.SettableClock;
import dev.caravan.intake.IdempotencyKey;
import dev.caravan.intake.Intake;
import dev.caravan.intake.JobRequests;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that somebody asked for: their parameters, where they start, asked for twice, waited for and cancelled. */
class JobRequestsIT {
    private static final SettableClock CLOCK = new SettableClock();

    private static TestCaravan test;

    @BeforeAll
    static void start() {
        test = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).at(CLOCK);
        test.start();
    }

    @AfterAll
    static void stop() {
        test.close();
    }

    @BeforeEach
    void everybody_plays() {
        List.of("first", "second", "third").forEach(scene -> test.stage.set(scene, (exchange, step) -> {}));
    }

    @Test
    void a_step_is_told_the_parameters_that_are_its_own() {
        Asset asset = asset();
        Map<String, Object> seen = new java.util.concurrent.ConcurrentHashMap<>();
        test.stage.set("second", (exchange, step) -> seen.put("second", step.parameters()));
        test.stage.set("third", (exchange, step) -> seen.put("third", step.parameters()));
        test.awaitEnd(order(asset, Map.of("tempo", 3, "mood", "gay"), null));
        assertThat(seen).isEqualTo(Map.of("second", Map.of("tempo", 3L), "third", Map.of("mood", "gay")));
    }

    @Test
    void a_job_that_starts_in_the_middle_keeps_what_an_earlier_one_did_before() {
        Asset asset = asset();
        test.stage.set("first", (exchange, step) -> exchange.setVariable("learned", step.jobId()));
        String earlier = order(asset, Map.of("tempo", 1), null);
        test.awaitEnd(earlier);
        Job again = test.awaitEnd(order(asset, Map.of("tempo", 2), "second"));
        assertThat(again.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(again.startFrom()).isEqualTo("second");
        assertThat(test.stage.notes("first").stream()
                        .filter(note -> note.jobId().equals(again.jobId())))
                .isEmpty();
        assertThat(test.stage.notes("second").stream()
                        .filter(note -> note.jobId().equals(again.jobId())))
                .hasSize(1);
        assertThat(again.steps().get("first").outputs().toString()).contains(earlier);
    }

    /** DynamoDB knows no difference between 25 and 25.0; a fingerprint that did would repeat every step after a restart. */
    @Test
    void numbers_that_an_earlier_step_learned_are_the_same_numbers_when_they_come_back() {
        Asset asset = asset();
        test.stage.set(
                "first",
                (exchange, step) ->
                        exchange.setVariable("learned", Map.of("rate", 25.0, "size", 3, "long", 1.0e10, "part", 0.1)));
        test.awaitEnd(order(asset, Map.of("tempo", 1), null));
        Job again = test.awaitEnd(order(asset, Map.of("tempo", 1), "third"));
        assertThat(test.stage.notes("second").stream()
                        .filter(note -> note.jobId().equals(again.jobId())))
                .isEmpty();
    }

    @Test
    void a_step_before_the_start_runs_again_when_it_was_asked_for_something_else() {
        Asset asset = asset();
        test.awaitEnd(order(asset, Map.of("tempo", 1), null));
        Job again = test.awaitEnd(order(asset, Map.of("tempo", 2), "third"));
        assertThat(test.stage.notes("first").stream()
                        .filter(note -> note.jobId().equals(again.jobId())))
                .isEmpty();
        assertThat(test.stage.notes("second").stream()
                        .filter(note -> note.jobId().equals(again.jobId())))
                .hasSize(1);
    }

    @Test
    void a_request_that_is_sent_again_is_carried_out_once() {
        Asset asset = asset();
        IdempotencyKey key = IdempotencyKey.of("default", "k-" + asset.assetId(), "tempo 1");
        Intake.Accepted once = add(asset, key);
        Intake.Accepted twice = add(asset, key);
        assertThat(once.repeated()).isFalse();
        assertThat(twice.repeated()).isTrue();
        assertThat(twice.jobs()).isEqualTo(once.jobs());
        assertThatThrownBy(() -> add(asset, IdempotencyKey.of("default", "k-" + asset.assetId(), "tempo 2")))
                .isInstanceOfSatisfying(
                        Refusal.class, wrong -> assertThat(wrong.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED"));
        CLOCK.tick(Duration.ofHours(24));
        assertThat(add(asset, key).repeated()).isFalse();
    }

    @Test
    void the_end_of_a_job_wakes_who_waits_for_it() throws Exception {
        Asset asset = asset();
        CountDownLatch go = new CountDownLatch(1);
        test.stage.set("first", (exchange, step) -> go.await());
        String job = order(asset, Map.of(), null);
        test.wiring().waits.untilEnd(job, Duration.ofMillis(50));
        assertThat(test.job(job).status().ended()).isFalse();
        Thread waiting = new Thread(() -> test.wiring().waits.untilEnd(job, Duration.ofMinutes(5)));
        waiting.start();
        go.countDown();
        waiting.join(10_000);
        assertThat(waiting.isAlive()).isFalse();
        assertThat(test.job(job).status()).isEqualTo(JobStatus.COMPLETED);
        test.wiring().waits.untilEnd(job, Duration.ofMinutes(5));
    }

    @Test
    void a_job_that_waits_is_cancelled_at_once() {
        Asset asset = asset();
        test.wiring().worker.holdBack(Duration.ofSeconds(2));
        String job = order(asset, Map.of(), null);
        assertThat(test.wiring().cancellation.cancel(job, "nobody wants it")).isTrue();
        assertThat(test.wiring().cancellation.cancel(job, "nobody wants it")).isFalse();
        assertThat(test.job(job).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(test.job(job).finishedAt()).isNotNull();
        assertThat(test.stage.notes("first").stream()
                        .filter(note -> note.jobId().equals(job)))
                .isEmpty();
    }

    @Test
    void a_running_job_is_cancelled_and_its_step_is_ended() {
        Asset asset = asset();
        CountDownLatch killed = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        test.stage.set("second", (exchange, step) -> {
            try (var abort = step.onAbort(killed::countDown)) {
                running.countDown();
                killed.await();
            }
        });
        String job = order(asset, Map.of(), null);
        Awaitility.await().until(() -> running.getCount() == 0);
        assertThat(test.wiring().cancellation.cancel(job, "nobody wants it")).isTrue();
        Awaitility.await().until(() -> killed.getCount() == 0);
        test.awaitIdle();
        Job ended = test.job(job);
        assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(ended.lease()).isNull();
        assertThat(test.stage.notes("third").stream()
                        .filter(note -> note.jobId().equals(job)))
                .isEmpty();
    }

    private static Asset asset() {
        String first = test.submit("three-acts");
        Asset asset = test.asset(test.awaitEnd(first).assetId());
        CLOCK.tick(Duration.ofSeconds(1));
        return asset;
    }

    private static String order(Asset asset, Map<String, Object> parameters, String startFrom) {
        return test.wiring()
                .orders
                .add(asset, new JobRequests.Wish("three-acts", parameters, null, startFrom), null)
                .orElseThrow()
                .jobs()
                .get(0);
    }

    private static Intake.Accepted add(Asset asset, IdempotencyKey key) {
        return test.wiring()
                .intake
                .add(asset, new Intake.Order("three-acts", Priority.NORMAL, Map.of("tempo", 1), false), key)
                .orElseThrow();
    }
}
