package dev.caravan.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.faults.ClaimRule.Distance;
import dev.caravan.faults.ClaimRule.Waiting;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand jobs, three workers, and every five seconds one of them is killed. */
@Tag("faults")
@ExtendWith(Seed.class)
class ThousandJobsIT {
    private static final int JOBS = Integer.getInteger("caravan.faults.jobs", 1000);
    private static final int WORKERS = 3;
    private static final int PLACES = 4;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(5);
    /** Jobs that a worker may leave to others when it lost a race, so that not all run after the same one. */
    private static final int MAX_ASIDE = 16;

    private static final Pattern START = Pattern.compile("(?m)^(\\S+) INFO .* job (\\S+): two-waits of .* starts");

    private final Random random = Seed.random();
    private final Map<String, Waiting> accepted = new TreeMap<>();
    private final List<WorkerProcess> all = new ArrayList<>();
    private Fleet fleet;

    @AfterEach
    void end() {
        if (fleet != null) {
            fleet.close();
        }
    }

    @Test
    void all_finish_and_claims_follow_priority_then_age_then_owners_in_turn() {
        fleet = new Fleet(
                "thousand",
                Map.of(
                        "caravan.worker.concurrency",
                        String.valueOf(PLACES),
                        "camel.main.routes-include-pattern",
                        "classpath:routes/jobs/*.camel.yaml,classpath:routes/faults/*.camel.yaml"));
        accept();
        for (int i = 0; i < WORKERS; i++) {
            all.add(fleet.worker());
        }
        Fleet.await(180, "all workers are ready", () -> all.stream().allMatch(WorkerProcess::ready));
        int kills = 0;
        long left = unfinished();
        for (long idle = 0; left > 0; left = unfinished()) {
            Fleet.pass(BETWEEN_KILLS);
            kills += kill() ? 1 : 0;
            idle = unfinished() < left ? 0 : idle + 1;
            assertThat(idle)
                    .as("rounds of %s without any job that ends", BETWEEN_KILLS)
                    .isLessThan(20);
        }
        verify(kills);
    }

    private void accept() {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CompletableFuture.allOf(IntStream.range(0, JOBS)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> accept(i), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
        fleet.evidence()
                .jobs()
                .forEach((id, job) -> accepted.put(
                        id, new Waiting(id, Priority.nearest(job.priority()).ordinal(), job.owner(), job.dueAt())));
        assertThat(accepted).hasSize(JOBS);
    }

    private void accept(int number) {
        Priority priority = Priority.values()[ThreadLocalRandom.current().nextInt(Priority.values().length)];
        String owner = number % 10 < 6 ? "many" : number % 10 < 9 ? "some" : "few";
        fleet.front.submit("two-waits", priority, owner);
    }

    private long unfinished() {
        return fleet.evidence().unfinished();
    }

    /** Spares the only one that is ready. */
    private boolean kill() {
        List<WorkerProcess> ready =
                fleet.alive().stream().filter(WorkerProcess::ready).toList();
        if (ready.size() < 2) {
            return false;
        }
        WorkerProcess victim = ready.get(random.nextInt(ready.size()));
        victim.kill();
        all.add(random.nextBoolean() ? fleet.worker(victim.home()) : fleet.worker());
        return true;
    }

    private void verify(int kills) {
        Evidence evidence = fleet.evidence();
        assertThat(evidence.jobs()).hasSize(JOBS);
        evidence.jobs().forEach((id, job) -> {
            assertThat(job.status()).as(evidence.story(id)).isEqualTo(JobStatus.COMPLETED);
            assertThat(job.retryCount()).as(evidence.story(id)).isZero();
            assertThat(evidence.checkpoints(id, "first")).as(evidence.story(id)).hasSize(1);
            assertThat(evidence.events(id, "completed")).as(evidence.story(id)).hasSize(1);
        });
        Distance distance = ClaimRule.distance(List.copyOf(accepted.values()), claims());
        System.out.printf(
                "FAULTS thousand: seed %d, %d jobs, %d kills, from the rule of claims: %s%n",
                Seed.value(), JOBS, kills, distance);
        int races = WORKERS * (PLACES + MAX_ASIDE);
        assertThat(distance.overtaken()).as("better levels overtaken").isLessThanOrEqualTo(races);
        assertThat(distance.unfair()).as("one owner ahead of another").isLessThanOrEqualTo(races);
        assertThat(distance.outOfAge()).as("older jobs overtaken").isLessThanOrEqualTo(races);
    }

    /** The first claim of each job, in order, from all workers' logs. */
    private List<String> claims() {
        record Claim(String at, String jobId) {}
        List<Claim> claims = new ArrayList<>();
        all.stream().map(WorkerProcess::home).distinct().forEach(home -> {
            Matcher lines = START.matcher(WorkerProcess.log(home));
            while (lines.find()) {
                claims.add(new Claim(lines.group(1), lines.group(2)));
            }
        });
        Collection<String> first = claims.stream()
                .sorted(Comparator.comparing(Claim::at))
                .map(Claim::jobId)
                .distinct()
                .toList();
        // A worker may have died between a claim and its line: such a job was claimed nevertheless, and says so when it
        // is claimed again.
        assertThat(first).hasSize(JOBS);
        return List.copyOf(first);
    }
}
