package dev.caravan.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ApiClient;
import dev.caravan.TestCaravan;
import dev.caravan.job.Backlog;
import dev.caravan.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that wait where nobody works, counted from the real index. */
class BacklogIT {
    private final SettableClock clock = new SettableClock();
    private TestCaravan caravan;

    @BeforeEach
    void start() {
        caravan = TestCaravan.prepare(TestCaravan.WITH_API).at(clock).change("caravan.roles", "api");
        caravan.change("caravan.jobs.ready-shards", "3");
        caravan.start();
    }

    @AfterEach
    void stop() {
        caravan.close();
    }

    @Test
    void what_waits_is_counted_by_priority_with_the_oldest_that_is_due() {
        Instant first = clock.instant();
        for (int i = 0; i < 5; i++) {
            caravan.submit("three-acts", Priority.NORMAL, "anna");
            clock.tick(Duration.ofSeconds(30));
        }
        caravan.submit("one-act", Priority.LOW, "ben");
        Backlog backlog = new Backlog(caravan.queue(), System::nanoTime);
        assertThat(backlog.waiting()).isEqualTo(6);
        assertThat(backlog.byPriority())
                .containsEntry(Priority.HIGH, new Backlog.Waiting(0, 0, null))
                .containsEntry(Priority.NORMAL, new Backlog.Waiting(5, 0, first))
                .containsEntry(Priority.LOW, new Backlog.Waiting(1, 0, clock.instant()));
    }

    @Test
    void the_metrics_say_how_many_wait_and_for_how_long() {
        caravan.submit("three-acts", Priority.HIGH, "anna");
        clock.tick(Duration.ofSeconds(90));
        ApiClient api = new ApiClient(caravan);
        List<String> expected = List.of(
                "caravan_jobs_waiting{priority=\"high\"} 1.0",
                "caravan_jobs_waiting{priority=\"low\"} 0.0",
                "caravan_jobs_waiting_oldest_seconds{priority=\"high\"} 90.0",
                "caravan_jobs_waiting_oldest_seconds{priority=\"low\"} 0.0");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(api.get("/metrics").response().body()).contains(expected));
    }
}
