package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job that takes its worker down, and seven that happen to run beside it. */
class PoisonIT {
    /** Long enough that a worker that lives is not taken for dead while a busy machine gives it no time to beat. */
    private static final String LEASE = "2s";

    private final List<TestCaravan> workers = new ArrayList<>();
    private final CountDownLatch funeral = new CountDownLatch(1);
    private TestCaravan reconciler;
    private String poison;

    @BeforeEach
    void start() {
        reconciler = TestCaravan.prepare(TestCaravan.ENGINE_ONLY)
                .change("caravan.roles", "reconciler")
                .change("caravan.worker.lease", LEASE)
                .change("caravan.recovery.suspect-waits", "1s,2s")
                .change("caravan.worker.slots", "8")
                .change("caravan.worker.concurrency", "8");
        reconciler.start();
        reconciler.change("caravan.roles", "worker");
    }

    @AfterEach
    void stop() {
        funeral.countDown();
        workers.forEach(TestCaravan::close);
        reconciler.close();
    }

    @Test
    void the_job_that_kills_its_worker_alone_each_time_is_a_dead_letter_and_its_neighbours_are_not_blamed() {
        List<String> jobs =
                Stream.generate(() -> reconciler.submit("three-acts")).limit(8).toList();
        poison = jobs.get(3);
        worker();
        for (int deaths = 1; deaths < 3; deaths++) {
            TestCaravan victim = workers.get(workers.size() - 1);
            awaitBeside(victim, 8);
            victim.fallSilent();
            int crashes = deaths;
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(jobs)
                    .extracting(id -> reconciler.job(id).crashes())
                    .containsOnly(crashes));
            worker();
        }
        for (int alone = 1; alone <= 2; alone++) {
            assertThat(reconciler.job(poison).status()).isNotEqualTo(JobStatus.FAILED);
            dieAlone(workers.get(workers.size() - 1));
            worker();
        }
        Job buried = reconciler.awaitEnd(poison);
        assertThat(buried.status()).isEqualTo(JobStatus.FAILED);
        assertThat(buried.error().code()).isEqualTo("WORKER_CRASHED");
        assertThat(buried.error().step()).isEqualTo("second");
        jobs.stream().filter(id -> !id.equals(poison)).forEach(id -> {
            assertThat(reconciler.awaitEnd(id).status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(runs("first", id)).as("what had a checkpoint").isEqualTo(1);
            assertThat(runs("third", id)).isEqualTo(1);
        });
    }

    private void dieAlone(TestCaravan victim) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> victim.stage.notes("second").stream()
                .anyMatch(note -> note.jobId().equals(poison)));
        assertThat(victim.wiring().worker.running()).as("it is alone now").hasSize(1);
        victim.fallSilent();
    }

    /** The first two deaths come while all of the jobs are in their second step, the others while the poison is alone. */
    private void worker() {
        boolean crowded = workers.size() < 2;
        TestCaravan worker = reconciler.twin(stage -> stage.set("second", (exchange, step) -> {
            if (crowded || step.jobId().equals(poison)) {
                funeral.await();
            }
        }));
        workers.add(worker);
    }

    private static void awaitBeside(TestCaravan worker, int jobs) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> worker.stage.notes("second").size() == jobs);
    }

    private long runs(String scene, String job) {
        return workers.stream()
                .flatMap(worker -> worker.stage.notes(scene).stream())
                .filter(note -> note.jobId().equals(job))
                .count();
    }
}
