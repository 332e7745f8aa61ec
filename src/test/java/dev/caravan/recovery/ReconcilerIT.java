package dev.caravan.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.TestCaravan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reconciler on its own threads. */
class ReconcilerIT {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final CountDownLatch answer = new CountDownLatch(1);
    private TestCaravan caravan;

    @AfterEach
    void stop() {
        answer.countDown();
        caravan.close();
    }

    @Test
    void a_bucket_that_does_not_answer_holds_up_no_job() {
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).change("caravan.roles", "api");
        caravan.start();
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch walks = new CountDownLatch(1);
        MaintenanceTask quick = MaintenanceTask.of("quick", Duration.ZERO, report -> looks.incrementAndGet());
        MaintenanceTask slow = MaintenanceTask.of("slow", Duration.ZERO, report -> {
            walks.countDown();
            await(answer);
        });
        try (Reconciler reconciler = reconciler(quick, slow)) {
            reconciler.start(SHORT);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> walks.getCount() == 0);
            int before = looks.get();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> looks.get() > before + 3);
            answer.countDown();
        }
        assertThat(RoleLease.read(caravan.records(), caravan.tables()))
                .as("given back")
                .doesNotContainKey("holder");
        assertThat(RoleLease.read(caravan.records(), caravan.tables()).get("duties"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsKeys("quick", "slow");
    }

    private Reconciler reconciler(MaintenanceTask pressing, MaintenanceTask patient) {
        RecoveryMeters meters = new RecoveryMeters(new SimpleMeterRegistry());
        return new Reconciler(
                "anna/1/1",
                new RoleLease(
                        caravan.records(),
                        caravan.tables(),
                        caravan.clock(),
                        "anna/1/1",
                        Duration.ofSeconds(30),
                        System::nanoTime),
                rounds(pressing, meters),
                rounds(patient, meters),
                meters);
    }

    private TaskScheduler rounds(MaintenanceTask duty, RecoveryMeters meters) {
        RunLog book = new RunLog(caravan.records(), caravan.tables(), caravan.clock(), Duration.ofDays(1));
        return new TaskScheduler(List.of(duty), book, meters, caravan.clock(), System::nanoTime);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
