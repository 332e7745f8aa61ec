package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.failure.StepException;
import dev.caravan.job.Job;
import dev.caravan.job.JobCount;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.PipelineAndPriority;
import dev.caravan.job.Priority;
import dev.caravan.records.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The counters against a count of all records, after anything that may happen to jobs. */
class CountersIT {
    private TestCaravan caravan;

    @AfterEach
    void stop() {
        caravan.close();
    }

    @Test
    void after_random_ends_cancellations_and_deletions_on_a_hostile_cloud_the_counters_equal_a_full_count() {
        Random random = new Random(4711);
        HostileCloud hostile = new HostileCloud(4711);
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).through(hostile::around);
        caravan.start();
        caravan.stage.set("second", (exchange, step) -> {
            if (Math.floorMod(step.jobId().hashCode(), 3) == 0) {
                throw StepException.permanent("NOT_TODAY", "It does not work", "Come back tomorrow");
            }
        });
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
            ids.add(caravan.submit(random.nextBoolean() ? "one-act" : "three-acts", priority, "anna"));
            String any = ids.get(random.nextInt(ids.size()));
            switch (random.nextInt(6)) {
                case 0 -> insist(() -> caravan.wiring().cancellation.cancel(any, "at random"));
                case 1 ->
                    insist(() ->
                            caravan.wiring().deletion.delete(caravan.job(any).assetId()));
                default -> insist(() -> caravan.look());
            }
        }
        ids.forEach(caravan::awaitEnd);
        assertThat(hostile.faults()).isGreaterThan(20);
        assertThat(caravan.wiring().counts.read().jobs()).isEqualTo(fullCount(ids));
    }

    @Test
    void a_job_whose_priority_changed_while_it_ran_ends_among_those_of_the_new_one() throws InterruptedException {
        caravan = TestCaravan.start(TestCaravan.ENGINE_ONLY);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        caravan.stage.set("only", (exchange, step) -> {
            running.countDown();
            goOn.await();
        });
        String id = caravan.submit("one-act");
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        Job job = caravan.job(id);
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(Write.to(caravan.tables().jobs(), Jobs.key(id))
                .where("fence", job.fence())
                .set("priority", Priority.HIGH.number())
                .part());
        parts.addAll(caravan.wiring()
                .counts
                .of(job.assetId())
                .job(job, Priority.HIGH)
                .parts());
        caravan.records().write(parts);
        goOn.countDown();
        assertThat(caravan.awaitEnd(id).priority()).isEqualTo(Priority.HIGH.number());
        assertThat(caravan.wiring().counts.read().jobs())
                .containsEntry(new PipelineAndPriority("one-act", Priority.HIGH), new JobCount(0, 1, 0, 0))
                .containsEntry(new PipelineAndPriority("one-act", Priority.NORMAL), JobCount.NONE);
    }

    /** Callers try again when the store did not answer. */
    private static void insist(Runnable call) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            call.run();
            return true;
        });
    }

    private Map<PipelineAndPriority, JobCount> fullCount(List<String> ids) {
        Map<PipelineAndPriority, JobCount> counted = new TreeMap<>();
        ids.stream()
                .map(caravan::job)
                .forEach(job -> counted.merge(PipelineAndPriority.of(job), one(job), JobCount::and));
        return counted;
    }

    private static JobCount one(Job job) {
        return new JobCount(
                job.status().ended() ? 0 : 1,
                job.status() == JobStatus.COMPLETED ? 1 : 0,
                job.status() == JobStatus.FAILED ? 1 : 0,
                job.status() == JobStatus.CANCELLED ? 1 : 0);
    }
}
