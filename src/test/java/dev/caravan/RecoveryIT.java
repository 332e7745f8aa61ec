package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.functional.SettableClock;
import dev.caravan.job.Job;
import dev.caravan.job.JobFields;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Lease;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Write;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stuck, and recovery by hand and by itself, on a clock that the test moves. */
class RecoveryIT {
    private final SettableClock clock = new SettableClock();
    private TestCaravan caravan;
    private ApiClient api;

    @BeforeEach
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.roles", "api");
        caravan = TestCaravan.prepare(changes).at(clock);
        caravan.start();
        api = new ApiClient(caravan);
    }

    @AfterEach
    void stop() {
        caravan.close();
    }

    private JsonNode status() {
        return api.get("/api/v1/recovery").body();
    }

    private JsonNode recover(String body) {
        return api.withBody("POST", "/api/v1/recovery", "application/json", body)
                .body();
    }

    private static List<String> codes(JsonNode answer) {
        return StreamSupport.stream(answer.path("stuck").spliterator(), false)
                .map(each -> each.path("code").asText())
                .toList();
    }

    /** Held by a worker that is silent from now on. */
    private Job held() {
        String id = caravan.submitHeld("three-acts", write -> write.set("lease", new Lease("t", "gone/0/0", 3, 30))
                .set("fence", 1)
                .set("updated_at", Timestamps.now(clock)));
        return caravan.job(id);
    }

    @Test
    void what_is_stuck_is_named_with_the_moment_the_reason_and_what_to_do() {
        String waiting = caravan.submit("one-act");
        Job held = held();
        String outside = caravan.submit("one-act");
        Write write = Write.to(caravan.tables().jobs(), Jobs.key(outside));
        JobFields.QUEUE_ENTRY.forEach(write::remove);
        caravan.records().update(write);
        assertThat(codes(status())).containsExactlyInAnyOrder("NO_RECONCILER", "NOT_IN_LINE");
        clock.tick(Duration.ofMinutes(11));
        JsonNode stuck = status();
        assertThat(codes(stuck))
                .containsExactlyInAnyOrder("NO_RECONCILER", "NO_HEARTBEAT", "NOT_CLAIMED", "NOT_IN_LINE");
        for (JsonNode each : stuck.path("stuck")) {
            assertThat(each.path("why").asText()).isNotBlank();
            assertThat(each.path("advice").asText()).isNotBlank();
            if (each.path("code").asText().equals("NOT_CLAIMED")) {
                assertThat(each.path("job_id").asText()).isEqualTo(waiting);
                assertThat(each.path("since").asText()).isEqualTo("2026-01-14T10:30:00.000Z");
            } else if (each.path("code").asText().equals("NO_HEARTBEAT")) {
                assertThat(each.path("job_id").asText()).isEqualTo(held.jobId());
                assertThat(each.path("why").asText()).contains("gone/0/0");
            }
        }
    }

    @Test
    void a_duty_that_fails_again_and_again_is_told_by_recovery_and_by_health_until_it_runs() {
        Map<String, Object> lease = Map.of("job_id", "lease#reconciler", "item", "lease");
        Write record = Write.to(caravan.tables().jobs(), lease);
        caravan.records()
                .update(record.set(
                        "duties",
                        Map.of(
                                "compare",
                                Map.of(
                                        "failures",
                                        3,
                                        "failing_since",
                                        "2026-01-14T10:00:00.000Z",
                                        "failing_with",
                                        "Could not parse XML response"))));
        assertThat(codes(status())).contains("DUTY_FAILS");
        assertThat(api.get("/api/health").body().at("/checks/recovery/message").asText())
                .isEqualTo("the duty compare has failed 3 times in a row: Could not parse XML response");
        assertThat(api.get("/api/health").body().path("status").asText()).isEqualTo("degraded");
        caravan.records().update(Write.to(caravan.tables().jobs(), lease).set("duties", Map.of()));
        assertThat(codes(status())).doesNotContain("DUTY_FAILS");
    }

    @Test
    void an_asset_that_waits_for_no_job_is_stuck() {
        Job job = held();
        caravan.wiring().cancellation.cancel(job.jobId(), "a test");
        caravan.records()
                .update(Write.to(caravan.tables().assets(), Map.of("asset_id", job.assetId()))
                        .set("status", "processing"));
        clock.tick(Duration.ofMinutes(11));
        assertThat(codes(status())).contains("ASSET_WITHOUT_JOB");
    }

    @Test
    void a_dry_run_says_what_would_be_done_and_does_nothing() {
        Job held = held();
        clock.tick(Duration.ofMinutes(11));
        JsonNode answer = recover("{\"max_age_minutes\": 10, \"dry_run\": true}");
        assertThat(answer.at("/duties/take-back/examples/0").asText()).isEqualTo(held.jobId());
        assertThat(answer.at("/duties/take-back/done").asInt()).isZero();
        assertThat(answer.path("run").isMissingNode()).isTrue();
        assertThat(caravan.job(held.jobId()).fence()).isEqualTo(held.fence());
        assertThat(status().path("runs")).isEmpty();
    }

    @Test
    void what_shows_no_sign_of_life_for_longer_than_asked_is_taken_back_and_the_run_is_on_record() {
        Job held = held();
        clock.tick(Duration.ofMinutes(9));
        assertThat(recover("{\"max_age_minutes\": 10}")
                        .at("/duties/take-back/done")
                        .asInt())
                .isZero();
        clock.tick(Duration.ofMinutes(2));
        JsonNode answer = recover("{\"max_age_minutes\": 10}");
        assertThat(answer.at("/duties/take-back/done").asInt()).isEqualTo(1);
        assertThat(caravan.job(held.jobId()).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(caravan.job(held.jobId()).crashes()).isEqualTo(1);
        JsonNode run = status().path("runs").get(0);
        assertThat(run.path("id").asText()).isEqualTo(answer.path("run").asText());
        assertThat(run.path("by").asText()).isEqualTo("by hand");
        assertThat(run.at("/duties/take-back/examples/0").asText()).isEqualTo(held.jobId());
    }

    @Test
    void of_ten_that_take_a_job_back_at_once_one_does() {
        Job held = held();
        clock.tick(Duration.ofMinutes(11));
        List<CompletableFuture<Integer>> all = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> recover("{\"max_age_minutes\": 10}")
                                .at("/duties/take-back/done")
                                .asInt()))
                .limit(10)
                .toList();
        assertThat(all.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(1);
        assertThat(caravan.job(held.jobId()).crashes()).isEqualTo(1);
        assertThat(caravan.job(held.jobId()).fence()).isEqualTo(held.fence() + 1);
    }

    @Test
    void of_two_reconcilers_one_is_active_and_after_a_clean_stop_the_other_one_goes_on_at_once() {
        caravan.change("caravan.roles", "reconciler");
        TestCaravan first = caravan.twin();
        Awaitility.await().until(() -> codes(status()).isEmpty());
        String holder = status().at("/reconciler/holder").asText();
        try (TestCaravan second = caravan.twin()) {
            Awaitility.await().until(() -> rounds() > 3);
            assertThat(status().at("/reconciler/holder").asText()).isEqualTo(holder);
            first.close();
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !List.of("", holder)
                    .contains(status().at("/reconciler/holder").asText()));
            assertThat(second.caravan()).isNotNull();
        }
        assertThat(status().at("/reconciler/holder").isMissingNode()).isTrue();
    }

    private long rounds() {
        return status().at("/reconciler/rounds").asLong();
    }

    @Test
    void recovery_by_hand_makes_the_active_reconciler_see_to_everything() {
        caravan.change("caravan.roles", "reconciler");
        try (TestCaravan active = caravan.twin()) {
            Awaitility.await().until(() -> runsOf("outputs") == 1);
            recover("{}");
            Awaitility.await().until(() -> runsOf("outputs") == 2);
            assertThat(active.caravan()).isNotNull();
        }
    }

    private long runsOf(String duty) {
        return StreamSupport.stream(status().path("duties").spliterator(), false)
                .filter(line -> line.path("name").asText().equals(duty))
                .mapToLong(line -> line.path("runs").asLong())
                .sum();
    }
}
