package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.caravan.asset.AssetStatus;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import dev.caravan.job.StepRecord;
import dev.caravan.job.StepStatus;
import dev.caravan.storage.MediaFile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The engine on the embedded cloud, with steps that do what the test wants. */
class EngineIT {
    /** For the tests that neither change a setting nor count all jobs: a start costs more than such a test. */
    private static TestCaravan shared;

    private TestCaravan caravan;

    private void startShared() {
        if (shared == null) {
            shared = TestCaravan.start(TestCaravan.ENGINE_ONLY);
        }
        shared.stage.clear();
        caravan = shared;
    }

    private void start(Map<String, String> changes) {
        Map<String, String> all = new HashMap<>(TestCaravan.ENGINE_ONLY);
        all.putAll(changes);
        caravan = TestCaravan.start(all);
    }

    @AfterEach
    void stop() {
        if (caravan != null && caravan != shared) {
            caravan.close();
        }
    }

    @AfterAll
    static void stopShared() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    @Test
    void a_job_runs_its_steps_once_and_makes_its_asset_ready() {
        start(Map.of());
        caravan.stage.set("first", (exchange, step) -> exchange.setVariable("learned", Map.of("answer", 42)));
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.progressPercentage()).isEqualTo(100);
        assertThat(job.lastSuccessfulStep()).isEqualTo("third");
        assertThat(job.lease()).isNull();
        assertThat(job.finishedAt()).isNotNull();
        assertThat(job.steps()).containsOnlyKeys("first", "second", "third");
        assertThat(job.steps().values())
                .allMatch(step -> step.status() == StepStatus.COMPLETED && step.attempts() == 1)
                .allMatch(step -> step.fingerprint() != null);
        assertThat(job.steps().get("first").outputs())
                .isEqualTo(Map.of("variables", Map.of("learned", Map.of("answer", 42L))));
        assertThat(caravan.asset(job.assetId()).status()).isEqualTo(AssetStatus.READY);
        assertThat(caravan.wiring().counts.totals())
                .containsEntry("video_ready", 1L)
                .containsEntry("video_processing", 0L);
    }

    @Test
    void log_steps_of_routes_are_logged_at_info_with_their_job() {
        Logger routes = (Logger) LoggerFactory.getLogger("dev.caravan.routes");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        routes.addAppender(log);
        try {
            startShared();
            String id = caravan.submit("three-acts");
            caravan.awaitEnd(id);
            assertThat(List.copyOf(log.list)).anySatisfy(line -> {
                assertThat(line.getFormattedMessage()).isEqualTo("The scene first begins");
                assertThat(line.getLevel()).isEqualTo(Level.INFO);
                assertThat(line.getLoggerName()).startsWith("dev.caravan.routes.");
                assertThat(line.getMDCPropertyMap()).containsEntry("of", " of job " + id);
            });
        } finally {
            routes.detachAppender(log);
        }
    }

    @Test
    void a_transient_failure_gets_three_runs_and_then_the_job_is_a_dead_letter() {
        startShared();
        caravan.stage.set("second", (exchange, step) -> {
            throw StepException.transientFailure("NOT_TODAY", "It does not work", "Come back tomorrow");
        });
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error())
                .isEqualTo(new Failure(
                        "NOT_TODAY", FailureKind.TRANSIENT, "second", "It does not work", "Come back tomorrow", null));
        assertThat(job.retryCount()).isEqualTo(2);
        assertThat(job.lastSuccessfulStep()).isEqualTo("first");
        assertThat(job.steps().get("second").attempts()).isEqualTo(3);
        assertThat(caravan.stage.scenes()).containsExactly("first", "second", "second", "second");
        assertThat(caravan.asset(job.assetId()).status()).isEqualTo(AssetStatus.FAILED);
        assertThat(caravan.asset(job.assetId()).error().code()).isEqualTo("NOT_TODAY");
    }

    @Test
    void the_waits_between_three_runs_are_two_and_four_seconds() {
        start(Map.of("caravan.retry.delay", "2000"));
        caravan.stage.set("first", (exchange, step) -> {
            throw StepException.transientFailure("NOT_TODAY", "It does not work", "Come back tomorrow");
        });
        caravan.awaitEnd(caravan.submit("three-acts"));
        List<Long> waits = gaps(caravan.stage.notes("first"));
        assertThat(waits).hasSize(2);
        assertThat(waits.get(0)).isBetween(2000L, 3200L);
        assertThat(waits.get(1)).isBetween(4000L, 5200L);
    }

    @Test
    void a_step_that_succeeds_after_a_retry_does_not_cost_the_next_step_its_retries() {
        startShared();
        caravan.stage.set("first", failTimes(2));
        caravan.stage.set("second", failTimes(2));
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.error()).isNull();
        assertThat(job.retryCount()).isEqualTo(4);
        assertThat(caravan.stage.scenes())
                .containsExactly("first", "first", "first", "second", "second", "second", "third");
    }

    @Test
    void a_permanent_failure_is_not_tried_again() {
        startShared();
        caravan.stage.set("second", (exchange, step) -> {
            throw StepException.permanent("NOT_MEDIA", "This is a text", "Upload a video");
        });
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.retryCount()).isZero();
        assertThat(caravan.stage.scenes()).containsExactly("first", "second");
    }

    @Test
    void a_step_that_leaves_something_that_is_no_file_as_the_body_is_named() {
        startShared();
        caravan.stage.set("second", (exchange, step) -> exchange.getMessage().setBody("a string"));
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error().code()).isEqualTo("STEP_OUTPUT_INVALID");
        assertThat(job.error().message()).contains("Step second left a String as the body");
        assertThat(caravan.stage.scenes()).containsExactly("first", "second");
    }

    @Test
    void a_skipped_step_says_so_and_the_job_goes_on() {
        startShared();
        caravan.stage.set("second", (exchange, step) -> {
            exchange.setVariable("half", "done");
            throw StepException.skipped("NO_AUDIO", "There is no audio to transcribe");
        });
        caravan.stage.set("third", (exchange, step) -> assertThat(exchange.getVariable("half"))
                .isNull());
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        StepRecord second = job.steps().get("second");
        assertThat(second.status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(second.error().code()).isEqualTo("NO_AUDIO");
    }

    @Test
    void a_fault_of_our_own_counts_no_attempt_and_the_job_goes_back_in_line() {
        startShared();
        AtomicInteger times = new AtomicInteger();
        caravan.stage.set("second", (exchange, step) -> {
            if (times.incrementAndGet() == 1) {
                throw StepException.ours("DISK_FULL", "The disk is full", "Free space", null);
            }
        });
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps().get("second").attempts()).isEqualTo(1);
        assertThat(job.retryCount()).isZero();
        assertThat(caravan.stage.scenes()).containsExactly("first", "second", "second", "third");
    }

    @Test
    void a_second_run_that_a_fault_of_our_own_cut_off_counts_once() {
        startShared();
        AtomicInteger times = new AtomicInteger();
        caravan.stage.set("second", (exchange, step) -> {
            if (times.incrementAndGet() == 1) {
                throw StepException.transientFailure("NOT_TODAY", "It does not work", "Come back tomorrow");
            } else if (times.get() == 2) {
                throw StepException.ours("DISK_FULL", "The disk is full", "Free space", null);
            }
        });
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps().get("second").attempts()).isEqualTo(2);
        assertThat(job.retryCount()).isEqualTo(1);
        assertThat(caravan.stage.scenes()).containsExactly("first", "second", "second", "second", "third");
    }

    @Test
    void a_long_wait_gives_the_place_back() {
        start(Map.of("caravan.worker.concurrency", "1"));
        caravan.stage.set("first", (exchange, step) -> {
            if (step.attempt() == 1) {
                throw new StepException(
                        new Failure("BUSY", FailureKind.TRANSIENT, null, "Come back later", "Wait", null),
                        Duration.ofSeconds(6),
                        null);
            }
        });
        String waiting = caravan.submit("three-acts");
        caravan.await(waiting, job -> "due".equals(job.waitingFor()) && job.status() == JobStatus.RETRYING);
        assertThat(caravan.awaitEnd(caravan.submit("one-act")).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(caravan.job(waiting).status()).isEqualTo(JobStatus.RETRYING);
        Job job = caravan.awaitEnd(waiting);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps().get("first").attempts()).isEqualTo(2);
    }

    @Test
    void a_failed_attempt_leaves_no_half_set_variables_headers_or_body() {
        startShared();
        caravan.stage.set("second", (exchange, step) -> {
            assertThat(exchange.getVariable("half")).isNull();
            assertThat(exchange.getMessage().getHeader("half")).isNull();
            assertThat(exchange.getMessage().getBody(MediaFile.class).filename())
                    .endsWith(".mov");
            exchange.setVariable("half", "done");
            exchange.getMessage().setHeader("half", "done");
            if (step.attempt() < 3) {
                exchange.getMessage().setBody(new MediaFile("b", "k", "e", 1, null, "other.mp4"));
                throw new IllegalStateException("half-way");
            }
        });
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps().get("second").attempts()).isEqualTo(3);
    }

    @Test
    void a_stopped_worker_gives_its_job_back_and_the_next_one_resumes_at_the_same_step() throws InterruptedException {
        start(Map.of("caravan.shutdown.grace", "0s"));
        caravan.stage.set("first", (exchange, step) -> exchange.setVariable("learned", "once"));
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
        caravan.stop();
        caravan.stage.set("second", (exchange, step) -> assertThat(exchange.getVariable("learned"))
                .isEqualTo("once"));
        caravan.start();
        Job job = caravan.awaitEnd(id);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps().get("second").attempts()).isEqualTo(1);
        assertThat(job.crashes()).isZero();
        assertThat(caravan.stage.scenes()).containsExactly("first", "second", "second", "third");
    }

    @Test
    void attempts_count_over_a_restart() {
        start(Map.of("caravan.retry.delay", "6000"));
        caravan.stage.set("first", (exchange, step) -> {
            throw StepException.transientFailure("NOT_TODAY", "It does not work", "Come back tomorrow");
        });
        String id = caravan.submit("three-acts");
        caravan.await(id, job -> job.status() == JobStatus.RETRYING && job.ready() != null);
        caravan.stop();
        caravan.change("caravan.retry.delay", "10").start();
        Job job = caravan.awaitEnd(id);
        assertThat(job.steps().get("first").attempts()).isEqualTo(3);
        assertThat(caravan.stage.notes("first")).extracting(Stage.Note::attempt).containsExactly(1, 2, 3);
    }

    @Test
    void one_of_two_claimants_gets_the_job() {
        startShared();
        try (TestCaravan other = caravan.twin()) {
            List<String> ids = IntStream.range(0, 30)
                    .mapToObj(i -> caravan.submit("three-acts"))
                    .toList();
            ids.forEach(id -> assertThat(caravan.awaitEnd(id).status()).isEqualTo(JobStatus.COMPLETED));
            for (String id : ids) {
                long runs = caravan.stage.notes("first").stream()
                                .filter(note -> note.jobId().equals(id))
                                .count()
                        + other.stage.notes("first").stream()
                                .filter(note -> note.jobId().equals(id))
                                .count();
                assertThat(runs).as("runs of the first step of %s", id).isEqualTo(1);
            }
        }
    }

    @Test
    void a_late_writer_is_refused_by_the_fence_and_the_job_goes_on_elsewhere() throws InterruptedException {
        start(Map.of("caravan.worker.lease", "2s"));
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        caravan.stage.set("second", (exchange, step) -> {
            holding.countDown();
            goOn.await();
        });
        String id = caravan.submit("three-acts");
        assertThat(holding.await(20, TimeUnit.SECONDS)).isTrue();
        caravan.wiring().heartbeats.close();
        caravan.wiring().worker.holdBack(Duration.ofHours(1));
        try (TestCaravan other = caravan.twin()) {
            Job job = caravan.awaitEnd(id);
            assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
            goOn.countDown();
            caravan.awaitIdle();
            assertThat(caravan.job(id)).isEqualTo(job);
            assertThat(other.stage.scenes()).containsExactly("second", "third");
            assertThat(caravan.stage.scenes()).containsExactly("first", "second");
        }
    }

    @Test
    void a_job_that_took_its_workers_down_alone_as_often_as_it_may_is_a_dead_letter() {
        start(Map.of());
        String id = caravan.submitHeld("three-acts", job -> job.set("crashes", 4));
        Job ended = caravan.awaitEnd(id);
        assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
        assertThat(ended.error().code()).isEqualTo("WORKER_CRASHED");
    }

    @Test
    void high_goes_before_normal_before_low_and_owners_take_turns() throws InterruptedException {
        start(Map.of("caravan.worker.concurrency", "1"));
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        caravan.stage.set("first", (exchange, step) -> {
            holding.countDown();
            goOn.await();
        });
        String blocker = caravan.submit("three-acts");
        assertThat(holding.await(20, TimeUnit.SECONDS)).isTrue();
        String low = caravan.submit("one-act", Priority.LOW, "anna");
        String normalA1 = caravan.submit("one-act", Priority.NORMAL, "anna");
        String normalA2 = caravan.submit("one-act", Priority.NORMAL, "anna");
        String normalB = caravan.submit("one-act", Priority.NORMAL, "bert");
        String high = caravan.submit("one-act", Priority.HIGH, "anna");
        goOn.countDown();
        List.of(blocker, low, normalA1, normalA2, normalB, high).forEach(caravan::awaitEnd);
        assertThat(caravan.stage.notes("only"))
                .extracting(Stage.Note::jobId)
                .containsExactly(high, normalB, normalA1, normalA2, low);
    }

    @Test
    void an_encoding_job_waits_for_a_slot_and_lets_others_pass() throws InterruptedException {
        start(Map.of("caravan.worker.slots", "1"));
        CountDownLatch encoding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        caravan.stage.set("only", (exchange, step) -> {
            encoding.countDown();
            goOn.await();
        });
        String first = caravan.submit("one-act");
        assertThat(encoding.await(20, TimeUnit.SECONDS)).isTrue();
        String second = caravan.submit("one-act");
        String light = caravan.submit("three-acts");
        assertThat(caravan.awaitEnd(light).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(caravan.job(second).status()).isEqualTo(JobStatus.QUEUED);
        goOn.countDown();
        assertThat(caravan.awaitEnd(first).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(caravan.awaitEnd(second).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void a_hostile_cloud_neither_loses_nor_repeats_a_step() {
        HostileCloud hostile = new HostileCloud(4711);
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).through(hostile::around);
        caravan.start();
        List<String> ids = IntStream.range(0, 40)
                .mapToObj(i -> caravan.submit("three-acts"))
                .toList();
        ids.forEach(id -> assertThat(caravan.awaitEnd(id).status()).isEqualTo(JobStatus.COMPLETED));
        assertThat(hostile.faults()).isGreaterThan(20);
        assertThat(caravan.stage.scenes()).hasSize(3 * ids.size());
        assertThat(caravan.wiring().counts.totals()).containsEntry("video_ready", 40L);
    }

    @Test
    void a_missing_table_is_a_sentence_that_names_the_command() {
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).change("caravan.table.jobs", "not-there");
        assertThatThrownBy(caravan::start)
                .hasStackTraceContaining("there is no table not-there. Run ./caravan provision");
    }

    @Test
    void a_store_that_does_not_answer_at_the_start_is_named_with_its_address() {
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).change("caravan.sqs.endpoint", "http://127.0.0.1:1");
        assertThatThrownBy(caravan::start)
                .hasStackTraceContaining("Setting caravan.sqs.endpoint = http://127.0.0.1:1: SQS cannot be used");
    }

    private static Stage.Act failTimes(int times) {
        return (exchange, step) -> {
            if (step.attempt() <= times) {
                throw new IllegalStateException("not yet");
            }
        };
    }

    private static List<Long> gaps(List<Stage.Note> notes) {
        return IntStream.range(1, notes.size())
                .mapToObj(i -> (notes.get(i).nanoTime() - notes.get(i - 1).nanoTime()) / 1_000_000)
                .toList();
    }
}
