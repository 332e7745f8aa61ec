package dev.caravan.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.Stage;
import dev.caravan.TestCaravan;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens after minutes and hours, on a clock that the test moves. */
class WaitingIT {
    private final SettableClock clock = new SettableClock();
    private TestCaravan caravan;

    @BeforeEach
    void start() {
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).at(clock).change("caravan.worker.concurrency", "1");
        caravan.start();
    }

    @AfterEach
    void stop() {
        caravan.close();
    }

    @Test
    void a_step_that_is_to_be_tried_in_an_hour_is_due_in_an_hour_and_not_before() {
        caravan.stage.set("first", (exchange, step) -> {
            if (step.attempt() == 1) {
                throw new StepException(
                        new Failure("RATE_LIMITED", FailureKind.TRANSIENT, null, "Too many", "Wait", null),
                        Duration.ofHours(1),
                        null);
            }
        });
        String id = caravan.submit("three-acts");
        Job waiting = caravan.await(id, job -> "due".equals(job.waitingFor()));
        assertThat(waiting.dueAt()).isEqualTo("2026-01-14T11:30:00.000Z");
        clock.tick(Duration.ofMinutes(59));
        caravan.reconcile();
        assertThat(caravan.look()).isZero();
        clock.tick(Duration.ofMinutes(1));
        assertThat(caravan.awaitEnd(id).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(caravan.job(id).finishedAt()).isEqualTo("2026-01-14T11:30:00.000Z");
    }

    @Test
    void a_low_job_that_waited_twenty_minutes_goes_level_with_a_new_high_one_and_first_among_them()
            throws InterruptedException {
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        caravan.stage.set("first", (exchange, step) -> {
            holding.countDown();
            goOn.await();
        });
        String blocker = caravan.submit("three-acts");
        assertThat(holding.await(20, TimeUnit.SECONDS)).isTrue();
        String low = caravan.submit("one-act", Priority.LOW, "anna");
        clock.tick(Duration.ofMinutes(11));
        String normal = caravan.submit("one-act", Priority.NORMAL, "anna");
        clock.tick(Duration.ofMinutes(9));
        String high = caravan.submit("one-act", Priority.HIGH, "anna");
        goOn.countDown();
        caravan.awaitEnd(blocker);
        caravan.awaitEnd(low);
        caravan.awaitEnd(normal);
        caravan.awaitEnd(high);
        assertThat(caravan.stage.notes("only")).extracting(Stage.Note::jobId).containsExactly(low, high, normal);
    }
}
