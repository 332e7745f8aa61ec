package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.asset.AssetStatus;
import dev.caravan.control.DeadLetter;
import dev.caravan.control.DeadLetterFilter;
import dev.caravan.control.DeadLetters;
import dev.caravan.control.JobChanges;
import dev.caravan.control.Redrive;
import dev.caravan.control.Redrives;
import dev.caravan.control.RetryRequest;
import dev.caravan.failure.Refusal;
import dev.caravan.failure.StepException;
import dev.caravan.functional.SettableClock;
import dev.caravan.job.Job;
import dev.caravan.job.JobCount;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import dev.caravan.json.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead letters and what is done with them; jobs that wait and are changed; counts that stay exact. */
class DeadLettersIT {
    private final SettableClock clock = new SettableClock();
    private TestCaravan test;

    @BeforeEach
    void start() {
        // The redrives of these tests go on when the test says so.
        test = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).at(clock).change("caravan.roles", "worker");
        test.start();
        test.stage.set("first", (exchange, step) -> {
            throw StepException.permanent("BROKEN", "It is broken", "Mend it");
        });
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void a_dead_letter_is_found_by_what_it_died_of_until_it_goes_on() {
        List<String> ids = dead(3);
        assertThat(found(DeadLetterFilter.ALL)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(found(new DeadLetterFilter("three-acts", "BROKEN", "first", "default", null, null, null)))
                .hasSize(3);
        assertThat(found(new DeadLetterFilter(null, "OTHER", null, null, null, null, null)))
                .isEmpty();
        assertThat(found(new DeadLetterFilter(
                        null, null, null, null, null, Timestamps.in(Duration.ofSeconds(1), clock), null)))
                .isEmpty();
        mended();
        test.wiring().steering.retry.retry(ids.get(0), RetryRequest.PLAIN);
        test.awaitEnd(ids.get(0));
        assertThat(found(DeadLetterFilter.ALL)).containsExactlyInAnyOrderElementsOf(ids.subList(1, 3));
    }

    @Test
    void a_redrive_puts_dead_letters_back_at_its_rate_and_says_how_far_it_is() {
        List<String> ids = dead(7);
        test.wiring().deletion.delete(test.job(ids.get(3)).assetId());
        mended();
        Redrives redrives = test.wiring().steering.redrives;
        Redrives.Order order = new Redrives.Order(DeadLetterFilter.ALL, null, 1, RetryRequest.PLAIN);
        assertThat(redrives.preview(order).total()).isEqualTo(7);
        String id = redrives.start(order).redriveId();
        Instant begin = clock.instant();
        redrives.work();
        Redrive ahead = redrives.find(id);
        assertThat(ahead.status())
                .as("one a second, and no more than five seconds ahead")
                .isEqualTo("RUNNING");
        assertThat(ahead.retried()).isBetween(5L, 6L);
        clock.tick(Duration.ofSeconds(10));
        redrives.work();
        redrives.work();
        Redrive done = redrives.find(id);
        assertThat(done.status()).isEqualTo("DONE");
        assertThat(done.retried()).isEqualTo(6);
        assertThat(done.refused()).isEqualTo(1);
        assertThat(done.refusals()).singleElement().satisfies(refused -> assertThat(refused.code())
                .isEqualTo("ASSET_DELETED"));
        List<Instant> due = ids.stream()
                .map(test::job)
                .filter(job -> job.retried() == 1 && job.dueAt() != null)
                .map(job -> Instant.parse(job.dueAt()))
                .sorted()
                .toList();
        assertThat(due).doesNotHaveDuplicates().allMatch(time -> !time.isBefore(begin));
        clock.tick(Duration.ofSeconds(10));
        test.look();
        ids.stream()
                .filter(each -> !each.equals(ids.get(3)))
                .forEach(each -> assertThat(test.awaitEnd(each).status()).isEqualTo(JobStatus.COMPLETED));
    }

    @Test
    void two_processes_at_one_redrive_retry_each_job_once() throws InterruptedException {
        List<String> ids = dead(8);
        test.wiring().worker.holdBack(Duration.ofHours(1));
        String id = test.wiring()
                .steering
                .redrives
                .start(new Redrives.Order(DeadLetterFilter.ALL, null, 50, RetryRequest.PLAIN))
                .redriveId();
        List<Thread> processes = Stream.of(1, 2)
                .map(each -> new Thread(() -> test.wiring().steering.redrives.work()))
                .toList();
        processes.forEach(Thread::start);
        for (Thread process : processes) {
            process.join();
        }
        Awaitility.await().until(() -> {
            test.wiring().steering.redrives.work();
            return test.wiring().steering.redrives.find(id).status().equals("DONE");
        });
        assertThat(test.wiring().steering.redrives.find(id).retried()).isEqualTo(8);
        assertThat(ids).allMatch(each -> test.job(each).retried() == 1);
    }

    @Test
    void older_ones_than_the_last_expire_are_counted_out_and_come_back_with_a_retry() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.addAll(dead(1));
            clock.tick(Duration.ofMinutes(1));
        }
        DeadLetters letters = new DeadLetters(
                test.jobs(), test.wiring().steering.deadIndex, test.removal(), test.clock(), 2, Duration.ofDays(30));
        assertThat(letters.expire().letters()).containsExactlyInAnyOrder(ids.get(0), ids.get(1));
        assertThat(letters.expire().letters()).isEmpty();
        Job old = test.job(ids.get(0));
        assertThat(Instant.ofEpochSecond(old.expiresAt()))
                .isEqualTo(Instant.parse(old.finishedAt()).plus(Duration.ofDays(30)));
        assertThat(test.job(ids.get(2)).expiresAt()).isNull();
        assertThat(failed()).isEqualTo(2);
        mended();
        test.wiring().steering.retry.retry(ids.get(0), RetryRequest.PLAIN);
        Job again = test.awaitEnd(ids.get(0));
        assertThat(again.expiresAt()).isNull();
        assertThat(counted().total()).isEqualTo(3);
        assertThat(test.history(ids.get(0))).contains("expires", "retried", "completed");
    }

    @Test
    void a_job_that_waits_is_changed_and_one_that_ended_is_not() {
        mended();
        test.wiring().worker.holdBack(Duration.ofHours(1));
        String id = test.submit("three-acts");
        JobChanges changes = test.wiring().steering.changes;
        Instant tonight = clock.instant().plus(Duration.ofHours(5));
        Job changed = changes.change(id, new RetryRequest(null, Map.of("tempo", 4), Priority.HIGH, tonight));
        assertThat(changed.priority()).isEqualTo(5);
        assertThat(changed.dueAt()).isEqualTo(Timestamps.of(tonight));
        assertThat(changed.waitingFor()).isEqualTo("due");
        assertThat(changed.parameters()).isEqualTo(Map.of("tempo", 4L));
        test.wiring().worker.holdBack(Duration.ZERO);
        assertThat(test.look()).isZero();
        clock.tick(Duration.ofHours(5));
        test.look();
        test.awaitEnd(id);
        assertThatThrownBy(() -> changes.change(id, new RetryRequest(null, null, Priority.LOW, null)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("JOB_ENDED"));
        assertThatThrownBy(() -> test.wiring().cancellation.ask(id, "too late"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("JOB_ENDED"));
    }

    @Test
    void whatever_is_done_to_jobs_in_whatever_order_the_counts_are_exact() {
        Random random = new Random(7);
        List<String> ids = new ArrayList<>();
        JobChanges changes = test.wiring().steering.changes;
        for (int i = 0; i < 40; i++) {
            if (ids.size() < 6 || random.nextInt(5) == 0) {
                ids.add(test.submit("three-acts"));
            }
            String id = ids.get(random.nextInt(ids.size()));
            int what = random.nextInt(4);
            try {
                if (what == 0) {
                    test.wiring().cancellation.cancel(id, "random");
                } else if (what == 1) {
                    test.wiring().steering.retry.retry(id, RetryRequest.PLAIN);
                } else if (what == 2) {
                    changes.change(id, new RetryRequest(null, null, Priority.values()[random.nextInt(3)], null));
                } else {
                    test.awaitEnd(id);
                }
            } catch (Refusal refused) {
                assertThat(refused.code()).startsWith("JOB_");
            }
        }
        List<Job> jobs = ids.stream().map(test::awaitEnd).toList();
        assertThat(counted().open()).isZero();
        assertThat(counted().failed())
                .isEqualTo(jobs.stream()
                        .filter(job -> job.status() == JobStatus.FAILED)
                        .count());
        assertThat(counted().cancelled())
                .isEqualTo(jobs.stream()
                        .filter(job -> job.status() == JobStatus.CANCELLED)
                        .count());
        assertThat(jobs).allMatch(job -> test.asset(job.assetId()).status() == AssetStatus.FAILED);
        assertThat(test.wiring().counts.totals())
                .containsEntry("video_failed", (long) ids.size())
                .containsEntry("video_processing", 0L);
    }

    private List<String> dead(int many) {
        List<String> ids =
                Stream.generate(() -> test.submit("three-acts")).limit(many).toList();
        ids.forEach(test::awaitEnd);
        return ids;
    }

    private void mended() {
        test.stage.set("first", (exchange, step) -> {});
    }

    private List<String> found(DeadLetterFilter filter) {
        List<String> ids = new ArrayList<>();
        for (String pipeline : test.wiring().steering.deadIndex.pipelines(filter)) {
            Iterator<DeadLetter> letters = test.wiring().steering.deadIndex.newestFirst(pipeline, filter, 2);
            letters.forEachRemaining(letter -> ids.add(letter.jobId()));
        }
        return ids;
    }

    private long failed() {
        return counted().failed();
    }

    private JobCount counted() {
        return test.wiring().counts.read().jobs().values().stream().reduce(JobCount.NONE, JobCount::and);
    }
}
