package dev.caravan.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.TestCaravan;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of day jumps, as it does when a machine finds its time server again. Leases do not look at it. */
class ClockJumpsIT {
    private final SettableClock clock = new SettableClock();
    private TestCaravan caravan;

    @BeforeEach
    void start() {
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).at(clock);
        caravan.start();
    }

    @AfterEach
    void stop() {
        caravan.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void a_running_job_keeps_its_lease_when_the_clock_jumps(Duration jump) throws InterruptedException {
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        caravan.stage.set("second", (exchange, step) -> {
            holding.countDown();
            goOn.await();
        });
        String id = caravan.submit("three-acts");
        assertThat(holding.await(20, TimeUnit.SECONDS)).isTrue();
        caravan.reconcile();
        clock.tick(jump);
        caravan.reconcile();
        caravan.reconcile();
        Job running = caravan.job(id);
        assertThat(running.status()).isEqualTo(JobStatus.PROCESSING);
        assertThat(running.fence()).isEqualTo(1);
        goOn.countDown();
        Job done = caravan.awaitEnd(id);
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.crashes()).isZero();
        assertThat(caravan.stage.scenes()).containsExactly("first", "second", "third");
    }

    @Test
    void what_waits_is_due_by_the_time_of_day_and_waits_out_a_jump_back() {
        caravan.stage.set("first", (exchange, step) -> {});
        clock.tick(Duration.ofHours(1));
        String late = caravan.submit("one-act");
        assertThat(caravan.awaitEnd(late).status()).isEqualTo(JobStatus.COMPLETED);
        clock.tick(Duration.ofHours(-1));
        String id = caravan.submit("one-act");
        assertThat(caravan.awaitEnd(id).status()).as("new jobs do not wait").isEqualTo(JobStatus.COMPLETED);
    }
}
