package dev.caravan.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.TestMedia;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A disk for workspaces that is full. Needs the right to mount one (root). */
@Tag("faults")
class FullDiskIT {
    private Fleet fleet;
    private Path disk;
    private boolean mounted;

    @BeforeEach
    void a_small_disk() throws IOException, InterruptedException {
        fleet = new Fleet("disk", Map.of("caravan.worker.concurrency", "2", "caravan.upload.least-disk", "1"));
        disk = Files.createDirectory(fleet.folder.resolve("disk"));
        mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString())
                        .start()
                        .waitFor()
                == 0;
        Assumptions.assumeTrue(mounted, "a disk can be mounted");
    }

    @AfterEach
    void end() {
        fleet.close();
        if (mounted) {
            TestMedia.run(List.of("umount", "-l", disk.toString()));
        }
    }

    @Test
    void a_full_disk_is_our_own_fault_and_the_job_goes_on_when_there_is_room() throws IOException {
        fleet.change("caravan.temp", disk.resolve("temp").toString());
        Path clip = fleet.clip(1);
        fleet.readyWorker();
        Path ballast = Files.write(disk.resolve("ballast"), new byte[900_000]);
        String asset = fleet.upload("clip.mov", clip);

        givenBack(asset, "probe", "there is no room for the source");
        Fleet.await(5, "the workspace is freed", () -> workspaces().isEmpty());
        Files.write(ballast, new byte[600_000]);
        givenBack(asset, "convert", "there is no room for the output");
        Fleet.await(5, "the workspace is freed", () -> workspaces().isEmpty());
        assertThat(fleet.outputsOf(asset)).isEmpty();

        TestMedia.run(List.of("mount", "-o", "remount,size=64m", disk.toString()));
        Job done = fleet.awaitJob(asset, 60, job -> job.status().ended());
        Evidence evidence = fleet.evidence();
        assertThat(done.status()).as(evidence.story(done.jobId())).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.steps().values()).allMatch(step -> step.attempts() == 1);
        assertThat(done.retryCount()).isZero();
        assertThat(evidence.events(done.jobId(), "step-failed")).isEmpty();
        assertThat(evidence.events(done.jobId(), "taken-back")).isEmpty();
    }

    private void givenBack(String asset, String step, String why) {
        Fleet.await(60, why, () -> {
            Evidence now = fleet.evidence();
            return now.jobs().keySet().stream()
                    .flatMap(id -> now.events(id, "given-back").stream())
                    .anyMatch(event -> event.step().equals(step)
                            && event.details().get("code").equals("DISK_FULL")
                            && event.details().get("kind").equals("OURS"));
        });
        assertThat(fleet.jobOn(asset)).isPresent();
    }

    private List<Path> workspaces() throws IOException {
        String job = fleet.evidence().jobs().keySet().iterator().next();
        try (Stream<Path> all = Files.list(disk.resolve("temp"))) {
            return all.filter(path -> path.getFileName().toString().startsWith(job))
                    .toList();
        }
    }
}
