package dev.caravan.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.AssetStatus;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code kill -9} of workers at random moments, while they encode one upload after another. */
@ExtendWith(Seed.class)
class KilledWorkersIT {
    private static final Duration CHILDREN_LIVE_ON = Duration.ofSeconds(2);

    private final Random random = Seed.random();
    private final List<String> uploads = new ArrayList<>();
    private Fleet fleet;
    private List<Path> clips;
    private int kills;
    private int killsWhileEncoding;

    @AfterEach
    void end() {
        if (fleet != null) {
            fleet.close();
        }
    }

    @Test
    void three_kills_lose_nothing_and_repeat_nothing() {
        killWorkers(3, 2, "1s,2s,4s");
    }

    @Test
    @Tag("faults")
    void many_kills_lose_nothing_and_repeat_nothing() {
        killWorkers(Integer.getInteger("caravan.faults.kills", 20), 3, "1m,5m,15m");
    }

    /** @param waits of suspects, which all kills together do not outlast, or too few of them to condemn a job */
    private void killWorkers(int most, int workers, String waits) {
        fleet = new Fleet("kills", Map.of("caravan.worker.concurrency", "2", "caravan.recovery.suspect-waits", waits));
        clips = List.of(fleet.clip(0.5), fleet.clip(1), fleet.clip(2));
        for (int i = 0; i < workers; i++) {
            fleet.worker();
        }
        keepBusy();
        Fleet.await(180, "a worker is ready", () -> fleet.alive().stream().anyMatch(WorkerProcess::ready));
        while (kills < most) {
            Fleet.pass(Duration.ofMillis(200 + random.nextInt(3800)));
            keepBusy();
            killOne();
        }
        verify(fleet.awaitAll(1_800, uploads));
    }

    /** More waits than can run: a kill always hits somebody. */
    private void keepBusy() {
        long open = uploads.size()
                - fleet.evidence().jobs().size()
                + fleet.evidence().unfinished();
        for (; open < 6; open++) {
            uploads.add(fleet.upload("clip %d.mov".formatted(uploads.size()), clips.get(random.nextInt(clips.size()))));
        }
    }

    /** The victim stands still before it dies, lest it claim a job between the look at what it holds and the kill. */
    private void killOne() {
        WorkerProcess victim = victim();
        victim.stop();
        Fleet.pass(Duration.ofMillis(50 + random.nextInt(100)));
        List<Job> held = held(victim);
        boolean encoding = fleet.ffmpeg.starts().stream().anyMatch(start -> held.stream()
                .anyMatch(job -> job.jobId().equals(start.jobId()) && job.fence() == start.fence()));
        victim.kill();
        long killedAt = System.nanoTime();
        kills++;
        killsWhileEncoding += encoding ? 1 : 0;
        Fleet.await(10, "no child is left", () -> victim.children().isEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - killedAt))
                .as("FFmpeg outlived its worker")
                .isLessThan(CHILDREN_LIVE_ON);
        // The same worker again takes its jobs back at once, another one when the lease has run out.
        if (random.nextBoolean()) {
            fleet.worker(victim.home());
        } else {
            fleet.worker();
        }
    }

    /** One that takes jobs, and now and then one that is only just starting. */
    private WorkerProcess victim() {
        boolean any = random.nextInt(5) == 0;
        Fleet.await(180, "a worker is ready", () -> fleet.alive().stream().anyMatch(WorkerProcess::ready));
        List<WorkerProcess> chosen =
                fleet.alive().stream().filter(worker -> any || worker.ready()).toList();
        return chosen.get(random.nextInt(chosen.size()));
    }

    private List<Job> held(WorkerProcess worker) {
        String name = worker.home().getFileName() + "/";
        return fleet.evidence().jobs().values().stream()
                .filter(job -> job.lease() != null && job.lease().worker().startsWith(name))
                .toList();
    }

    private void verify(Evidence evidence) {
        System.out.printf(
                "FAULTS kill -9: seed %d, %d kills (%d hit an encoding), %d jobs, %d encodings, %d objects written%n",
                Seed.value(),
                kills,
                killsWhileEncoding,
                evidence.jobs().size(),
                fleet.ffmpeg.starts().size(),
                fleet.outputs.objects());
        evidence.jobs().forEach((id, job) -> {
            assertThat(job.status()).as(evidence.story(id)).isEqualTo(JobStatus.COMPLETED);
            assertThat(job.retryCount()).as(evidence.story(id)).isZero();
            assertThat(fleet.front.asset(job.assetId()).status()).isEqualTo(AssetStatus.READY);
            for (String step : List.of("probe", "convert")) {
                assertThat(evidence.checkpoints(id, step))
                        .as("checkpoints of %s: %s", step, evidence.story(id))
                        .hasSize(1);
            }
            Instant checkpoint = evidence.checkpoints(id, "convert").get(0);
            assertThat(fleet.ffmpeg.starts())
                    .filteredOn(start -> start.jobId().equals(id))
                    .as("encodings begin before the checkpoint: %s", evidence.story(id))
                    .isNotEmpty()
                    .allMatch(start -> start.at().isBefore(checkpoint));
        });
        // One slot a worker: a kill cuts off one encoding at most.
        assertThat(fleet.ffmpeg.starts())
                .as("encodings, by %d kills", kills)
                .hasSizeLessThanOrEqualTo(evidence.jobs().size() + kills);
        assertThat(fleet.outputs.overwritten()).isEmpty();
    }
}
