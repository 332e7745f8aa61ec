package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.failure.StepException;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.records.Items;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Routes of an integrator that hear of assets and jobs. */
class HooksIT {
    @TempDir
    Path folder;

    private TestCaravan caravan;

    @AfterEach
    void stop() {
        if (caravan != null) {
            caravan.close();
        }
    }

    @Test
    void a_route_hears_that_an_asset_is_ready() throws IOException {
        start("on-asset-ready");
        Job job = ended("one-act");
        Awaitility.await().untilAsserted(() -> assertThat(caravan.stage.heard()).hasSize(1));
        assertThat(caravan.stage.heard().get(0))
                .contains("\"type\":\"asset.ready\"", "\"asset_id\":\"" + job.assetId() + "\"", "\"status\":\"ready\"");
        Awaitility.await().untilAsserted(() -> assertThat(kept()).isZero());
    }

    @Test
    void routes_hear_of_a_dead_letter_and_of_the_asset_that_failed_with_it() throws IOException {
        start("on-asset-failed", "on-dead-letter");
        fail("only");
        ended("one-act");
        Awaitility.await().untilAsserted(() -> assertThat(caravan.stage.heard()).hasSize(2));
        assertThat(caravan.stage.heard())
                .anyMatch(text -> text.contains("\"type\":\"asset.failed\"") && text.contains("NO_LUCK"))
                .anyMatch(text -> text.contains("\"type\":\"job.dead-letter\"") && text.contains("NO_LUCK"));
    }

    @Test
    void without_a_route_nothing_is_kept() throws IOException {
        start("on-asset-failed");
        ended("one-act");
        assertThat(kept()).isZero();
    }

    @Test
    void a_route_that_hangs_holds_up_no_job() throws IOException {
        start("on-asset-ready");
        CountDownLatch free = new CountDownLatch(1);
        caravan.stage.set("hook", (exchange, step) -> free.await());
        assertThat(ended("one-act").status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(ended("one-act").status()).isEqualTo(JobStatus.COMPLETED);
        free.countDown();
    }

    @Test
    void a_route_that_fails_is_called_again_until_it_takes_the_event() throws IOException {
        start("on-asset-ready");
        caravan.stage.set("hook", (exchange, step) -> {
            throw new IOException("the receiver is down");
        });
        assertThat(ended("one-act").status()).isEqualTo(JobStatus.COMPLETED);
        Awaitility.await().untilAsserted(() -> assertThat(caravan.stage.heard()).hasSize(1));
        assertThat(kept()).isEqualTo(1);
        caravan.stage.set("hook", (exchange, step) -> {});
        later();
        assertThat(caravan.wiring().hooks.tellOverdue()).isEqualTo(1);
        Awaitility.await().untilAsserted(() -> assertThat(kept()).isZero());
        assertThat(caravan.stage.heard()).hasSize(2);
        assertThat(caravan.stage.heard().get(1)).isEqualTo(caravan.stage.heard().get(0));
    }

    @Test
    @Timeout(60)
    void a_route_that_hangs_holds_up_no_recovery_and_is_not_called_twice_meanwhile() throws IOException {
        start("on-asset-ready");
        caravan.stage.set("hook", (exchange, step) -> {
            throw new IOException("the receiver is down");
        });
        ended("one-act");
        Awaitility.await().untilAsserted(() -> assertThat(caravan.stage.heard()).hasSize(1));
        CountDownLatch free = new CountDownLatch(1);
        caravan.stage.set("hook", (exchange, step) -> free.await());
        later();
        assertThat(caravan.wiring().hooks.tellOverdue()).isEqualTo(1);
        assertThat(caravan.wiring().hooks.tellOverdue()).isZero();
        free.countDown();
        Awaitility.await().untilAsserted(() -> assertThat(kept()).isZero());
    }

    /** Starts it again, when what no route took is overdue. */
    private void later() {
        caravan.stop();
        caravan.at(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2))).start();
    }

    private void fail(String scene) {
        caravan.stage.set(scene, (exchange, step) -> {
            throw StepException.permanent("NO_LUCK", "It failed", "Change it.");
        });
    }

    private void start(String... hooks) throws IOException {
        for (String hook : hooks) {
            Files.writeString(
                    folder.resolve(hook + ".camel.yaml"),
                    """
                    - route:
                        id: %1$s
                        routeConfigurationId: plain
                        description: Of the test.
                        from:
                          uri: direct:%1$s
                          steps:
                            - bean:
                                ref: stage
                                method: hear
                    """
                            .formatted(hook));
        }
        Map<String, String> settings = new HashMap<>(TestCaravan.ENGINE_ONLY);
        settings.put("caravan.pipelines", folder.toString());
        caravan = TestCaravan.start(settings);
    }

    private Job ended(String pipeline) {
        String id = caravan.submit(pipeline);
        caravan.look();
        return caravan.awaitEnd(id);
    }

    /** Events in the outbox. */
    private int kept() {
        int kept = 0;
        for (int shard = 0; shard < 8; shard++) {
            String part = "outbox#" + shard;
            kept += caravan.clients()
                    .dynamo()
                    .query(query -> query.tableName(caravan.property("caravan.name") + "-jobs")
                            .keyConditionExpression("job_id = :part")
                            .expressionAttributeValues(Items.attributes(Map.of(":part", part))))
                    .count();
        }
        return kept;
    }
}
