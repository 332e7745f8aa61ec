package dev.caravan.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.TestCaravan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Folders that nobody works in, and one in which somebody does. */
class IdleWorkspacesIT {
    @Test
    void the_folder_of_a_running_job_stays_and_those_of_jobs_that_do_not_run_here_go() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (TestCaravan caravan = TestCaravan.start(TestCaravan.ENGINE_ONLY)) {
            caravan.stage.set("only", (exchange, step) -> {
                running.countDown();
                goOn.await();
            });
            String job = caravan.submit("one-act");
            running.await();
            Path folder = Path.of(caravan.property("caravan.temp"));
            Path left = Files.createDirectories(folder.resolve(UUID.randomUUID() + "-7"));
            Files.writeString(left.resolve("source"), "bytes");
            Path upload = Files.createDirectories(folder.resolve("uploads"));
            assertThat(new IdleWorkspaces(caravan.worker(), folder).sweep()).isEqualTo(1);
            assertThat(left).doesNotExist();
            assertThat(upload).exists();
            assertThat(folder.resolve(job + "-1")).exists();
            goOn.countDown();
            caravan.awaitEnd(job);
        }
    }
}
