package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ApiClient.Answer;
import dev.caravan.job.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What one process says of itself: while it stops, and where it has only some of the roles. */
class ProcessIT {

    @Test
    void a_process_that_was_told_to_stop_says_so_while_its_jobs_go_on_and_requests_are_answered() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch working = new CountDownLatch(1);
        TestCaravan caravan = TestCaravan.prepare(TestCaravan.WITH_API).change("caravan.shutdown.grace", "30s");
        caravan.start();
        ApiClient api = new ApiClient(caravan);
        caravan.stage.set("second", (exchange, step) -> {
            working.countDown();
            goOn.await();
        });
        String id = caravan.submit("three-acts");
        working.await();
        assertThat(api.get("/readyz").status()).isEqualTo(200);
        CompletableFuture<Void> stop = CompletableFuture.runAsync(caravan.caravan()::close);
        try {
            Answer answer = Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> api.get("/readyz"), ready -> ready.status() == 503);
            assertThat(answer.body().path("status").asText()).isEqualTo("not ready");
            assertThat(api.get("/livez").status()).isEqualTo(200);
            assertThat(api.get("/api/videos").status()).isEqualTo(200);
            assertThat(api.get("/metrics").status()).isEqualTo(200);
            assertThat(api.get("/api/v1/jobs/" + id).body().path("status").asText())
                    .isEqualTo(JobStatus.PROCESSING.name());
            assertThat(stop).isNotDone();
        } finally {
            goOn.countDown();
            stop.join();
        }
        TestCaravan again = caravan.twin();
        try {
            assertThat(again.job(id).status()).isEqualTo(JobStatus.COMPLETED);
        } finally {
            again.close();
        }
    }

    @Test
    void a_process_without_the_api_tells_how_it_is_and_nothing_else() {
        TestCaravan caravan = TestCaravan.prepare(TestCaravan.WITH_API).change("caravan.roles", "worker,reconciler");
        caravan.start();
        try {
            ApiClient api = new ApiClient(caravan);
            for (String path : List.of("/livez", "/readyz/", "/api/health", "/metrics")) {
                assertThat(api.get(path).status()).as(path).isEqualTo(200);
            }
            for (String path : List.of("/api/videos", "/api/v1/jobs/", "/docs", "/openapi.json", "/nope")) {
                Answer answer = api.get(path);
                assertThat(answer.status()).as(path).isEqualTo(404);
                assertThat(answer.body().path("detail").asText()).contains("no API role");
            }
            assertThat(api.send("POST", "/api/videos").status()).isEqualTo(404);
        } finally {
            caravan.close();
        }
    }
}
