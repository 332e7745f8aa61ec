package dev.caravan.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.functional.SettableClock;
import dev.caravan.job.FakeLine;
import dev.caravan.job.Job;
import dev.caravan.job.PipelineVersion;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.job.ReadyJob;
import dev.caravan.job.ReadyQueueIndex;
import dev.caravan.job.ResumePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimantTest {
    private static final int[] PRIORITIES = {5, 10, 15};

    private final SettableClock clock = new SettableClock();
    private final FakeLine line = new FakeLine(clock, 2);
    private final Set<Priority> paused = new HashSet<>();
    private final List<String> claimed = new ArrayList<>();
    private final List<Place> taken = new ArrayList<>();
    private int jobs;

    /** {@code heavy} needs a slot. */
    private static final class Two implements Pipelines {
        @Override
        public Set<String> names() {
            return Set.of("light", "heavy");
        }

        @Override
        public boolean encodes(String pipeline) {
            return pipeline.equals("heavy");
        }

        @Override
        public Priority priority(String pipeline) {
            return Priority.NORMAL;
        }

        @Override
        public PipelineVersion version(String pipeline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void check(String pipeline, Map<String, Object> parameters, String startFrom) {}

        @Override
        public ResumePlan plan(Job job, Map<String, Object> parameters, String from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> before(String pipeline, String step) {
            return List.of();
        }
    }

    /** A worker that starts nothing. */
    private final class Worker {
        final WorkerCapacity places;
        final Claimant claimant;

        Worker(int concurrency, int slots) {
            places = new WorkerCapacity(concurrency, slots, () -> {});
            WorkerSettings settings = new WorkerSettings(
                    "w", concurrency, slots, Set.of(), Path.of("target"), Duration.ofSeconds(30), Duration.ZERO);
            Admission admission = (pipeline, priority) -> !paused.contains(priority);
            claimant = new Claimant(
                    settings,
                    new ReadyQueueIndex(line.queue()),
                    line.transitions(),
                    clock,
                    new Two(),
                    List.of(admission),
                    places,
                    bound -> bound - 1);
        }

        int look() {
            return claimant.look(places::free, (job, place) -> {
                claimed.add(job.jobId());
                taken.add(place);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void who_goes_next_is_what_the_model_says(long seed) {
        Random random = new Random(seed);
        Worker worker = new Worker(1 + random.nextInt(4), 4);
        LineModel model = new LineModel();
        List<String> expected = new ArrayList<>();
        Map<String, LineModel.Waiting> waiting = new HashMap<>();
        for (int step = 0; step < 150; step++) {
            for (int i = random.nextInt(5); i > 0; i--) {
                String owner = "owner" + random.nextInt(1 + random.nextInt(9));
                int band = random.nextInt(3);
                Instant due = clock.instant().plusMillis(random.nextInt(60_000) - 30_000);
                ReadyJob job =
                        line.add("j" + jobs++, random.nextBoolean() ? "light" : "heavy", owner, PRIORITIES[band], due);
                waiting.put(job.jobId(), new LineModel.Waiting(job.jobId(), owner, band, due));
            }
            clock.tick(Duration.ofSeconds(random.nextInt(90)));
            Priority closed = random.nextInt(6) == 0 ? Priority.values()[random.nextInt(3)] : null;
            paused.clear();
            if (closed != null) {
                paused.add(closed);
            }
            List<LineModel.Waiting> open = new ArrayList<>(waiting.values().stream()
                    .filter(job -> !job.due().isAfter(clock.instant()))
                    .filter(job -> closed == null || job.band() != closed.ordinal())
                    .toList());
            if (worker.places.free()) {
                model.looks(open);
            }
            for (int room = worker.places.room(); room > 0 && !open.isEmpty(); room--) {
                LineModel.Waiting next = model.next(open, clock.instant()).orElseThrow();
                model.claimed(next.owner());
                expected.add(next.jobId());
                open.remove(next);
                waiting.remove(next.jobId());
            }
            worker.look();
            assertThat(claimed).isEqualTo(expected);
            while (!taken.isEmpty() && random.nextInt(3) > 0) {
                taken.remove(random.nextInt(taken.size())).close();
            }
        }
        assertThat(claimed).hasSizeGreaterThan(100);
    }

    @Test
    void a_low_job_that_waited_for_twenty_minutes_is_claimed_after_as_many_claims_as_owners_wait() {
        Worker worker = new Worker(1, 1);
        add("light", "small", 15, 0);
        String low = "j0";
        int owners = 5;
        int sinceTop = 0;
        for (int minute = 0; !claimed.contains(low) && minute < 60; minute++) {
            for (int owner = 0; owner < owners; owner++) {
                add("light", "big" + owner, 5, 0);
                add("light", "big" + owner, 5, 0);
            }
            worker.look();
            sinceTop += minute >= 20 ? 1 : 0;
            assertThat(sinceTop).isLessThanOrEqualTo(owners + 1);
            taken.remove(0).close();
            clock.tick(Duration.ofMinutes(1));
        }
        assertThat(claimed).contains(low);
    }

    @Test
    void nobody_gets_more_than_its_share_of_two_workers_while_others_wait() {
        add("light", "anna", 10, 500);
        add("light", "ben", 10, 60);
        add("heavy", "cleo", 10, 60);
        Worker[] workers = {new Worker(2, 2), new Worker(3, 1)};
        Map<String, String> owners = line.all().stream().collect(Collectors.toMap(ReadyJob::jobId, ReadyJob::owner));
        Random random = new Random(7);
        Map<String, Integer> served = new HashMap<>();
        while (served.getOrDefault("ben", 0) < 55) {
            claimed.clear();
            workers[random.nextInt(2)].look();
            claimed.forEach(id -> served.merge(owners.get(id), 1, Integer::sum));
            List<Integer> counts = List.copyOf(served.values());
            int most = counts.stream().mapToInt(i -> i).max().orElse(0);
            int least = counts.stream().mapToInt(i -> i).min().orElse(0);
            if (counts.size() == 3) {
                assertThat(most - least).as("%s", served).isLessThanOrEqualTo(2 * workers.length);
            }
            while (!taken.isEmpty() && random.nextBoolean()) {
                taken.remove(0).close();
            }
        }
        assertThat(served.keySet()).hasSize(3);
    }

    @Test
    void a_paused_priority_and_a_missing_slot_hold_up_nobody_else() {
        Worker worker = new Worker(4, 1);
        add("heavy", "anna", 5, 1_000);
        add("heavy", "anna", 10, 1_000);
        add("light", "ben", 15, 2);
        paused.add(Priority.HIGH);
        assertThat(worker.look()).isEqualTo(3);
        assertThat(worker.claimant.leftSomething()).isTrue();
        assertThat(taken).hasSize(3);
        assertThat(worker.places.slotsTaken()).isEqualTo(1);
    }

    @Test
    void whoever_is_always_too_late_steps_aside_and_gets_something_all_the_same() {
        add("light", "anna", 10, 40);
        line.all().stream().filter(job -> number(job) < 6).forEach(line::stale);
        Worker worker = new Worker(2, 1);
        assertThat(worker.look()).isEqualTo(2);
        assertThat(claimed).noneMatch(id -> Integer.parseInt(id.substring(1)) < 6);
        line.forget();
        taken.forEach(Place::close);
        int before = line.updates;
        assertThat(worker.look()).isEqualTo(2);
        assertThat(line.updates - before)
                .as("writes, now that it knows who is gone")
                .isLessThanOrEqualTo(6);
    }

    @Test
    void a_job_that_must_be_alone_is_not_passed_by_for_ever() {
        Worker worker = new Worker(2, 1);
        line.crashes = 2;
        add("light", "anna", 10, 1);
        line.crashes = 0;
        clock.tick(Duration.ofMinutes(1));
        worker.places.take(false, false).ifPresent(taken::add);
        add("light", "ben", 10, 1);
        assertThat(worker.look()).isEqualTo(1);
        taken.remove(1).close();
        clock.tick(Duration.ofMinutes(10));
        add("light", "ben", 5, 1);
        clock.tick(Duration.ofMinutes(10));
        assertThat(worker.look()).as("while it is next and cannot be alone").isZero();
        taken.remove(0).close();
        assertThat(worker.look()).isEqualTo(1);
        assertThat(claimed).endsWith("j0");
    }

    private static int number(ReadyJob job) {
        return Integer.parseInt(job.jobId().substring(1));
    }

    private void add(String pipeline, String owner, int priority, int count) {
        for (int i = 0; i < Math.max(1, count); i++) {
            line.add("j" + jobs++, pipeline, owner, priority, clock.instant());
        }
    }
}
