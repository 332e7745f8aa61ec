package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.Tap.Event;
import dev.caravan.job.Pace;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients are told of one job while it runs. */
class EventsIT {
    private final CountDownLatch curtain = new CountDownLatch(1);
    private TestCaravan caravan;

    @BeforeEach
    void start() {
        caravan = TestCaravan.start(TestCaravan.WITH_API);
        caravan.stage.set("second", (exchange, step) -> curtain.await(30, TimeUnit.SECONDS));
    }

    @AfterEach
    void stop() {
        curtain.countDown();
        caravan.close();
    }

    private static String of(String job) {
        return "/api/v1/jobs/" + job + "/events";
    }

    @Test
    void a_client_sees_the_job_as_it_is_and_then_all_that_happens_until_its_end() {
        caravan.stage.set("first", (exchange, step) -> step.progress(0.5, new Pace(2.5, 7)));
        String job = caravan.submit("three-acts");
        caravan.await(job, found -> "second".equals(found.currentStep()));
        try (Tap tap = Tap.open(caravan, of(job))) {
            Event snapshot = tap.await("snapshot");
            assertThat(tap.answer().headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
            assertThat(snapshot.type()).isEqualTo("status");
            assertThat(snapshot.id()).startsWith("history#");
            assertThat(snapshot.data().path("status").asText()).isEqualTo("PROCESSING");
            assertThat(snapshot.data().path("current_step").asText()).isEqualTo("second");
            assertThat(snapshot.data().path("progress_percentage").asInt()).isBetween(30, 35);
            curtain.countDown();
            tap.awaitEnd();
            assertThat(tap.kept()).containsExactly("snapshot", "step-done", "completed");
            assertThat(tap.events()
                            .get(tap.events().size() - 1)
                            .data()
                            .path("status")
                            .asText())
                    .isEqualTo("COMPLETED");
        }
    }

    @Test
    void who_was_cut_off_goes_on_after_the_last_event_it_saw() {
        String job = caravan.submit("three-acts");
        String last;
        try (Tap tap = Tap.open(caravan, of(job), "0")) {
            last = tap.await("step-done").id();
            assertThat(tap.kept()).containsExactly("accepted", "step-done");
        }
        curtain.countDown();
        caravan.awaitEnd(job);
        try (Tap again = Tap.open(caravan, of(job), last)) {
            again.awaitEnd();
            assertThat(again.names().get(0)).isEqualTo("snapshot");
            assertThat(again.kept()).containsExactly("step-done", "completed");
            last = again.events().get(2).id();
        }
        try (Tap never = Tap.open(caravan, of(job) + "?last_event_id=" + last.replace("#", "%23"))) {
            assertThat(never.answer().statusCode()).isEqualTo(204);
        }
    }

    @Test
    void an_id_that_nobody_gave_or_that_was_cut_off_hears_of_the_end_all_the_same() {
        curtain.countDown();
        String job = caravan.submit("three-acts");
        caravan.awaitEnd(job);
        for (String id : List.of("zzz", "abc", "history#9999-12-31T00:00:00.000Z", "history#20", "~")) {
            try (Tap tap = Tap.open(caravan, of(job), id)) {
                assertThat(tap.answer().statusCode()).as(id).isEqualTo(200);
                tap.awaitEnd();
                assertThat(tap.names().get(0)).as(id).isEqualTo("snapshot");
                assertThat(tap.events().get(0).data().path("status").asText()).isEqualTo("COMPLETED");
            }
        }
    }

    @Test
    void progress_comes_with_speed_and_remaining_time_and_never_falls() {
        CountDownLatch tuned = new CountDownLatch(1);
        caravan.stage.set("first", (exchange, step) -> {
            tuned.await(20, TimeUnit.SECONDS);
            step.progress(0.6, new Pace(1.5, 12));
        });
        caravan.stage.set("second", (exchange, step) -> step.progress(0.1));
        String job = caravan.submit("three-acts");
        try (Tap tap = Tap.open(caravan, of(job))) {
            tap.await("snapshot");
            tuned.countDown();
            tap.awaitEnd();
            List<Integer> percentages = tap.events().stream()
                    .filter(event -> event.type().equals("progress"))
                    .map(event -> event.data().path("progress_percentage").asInt())
                    .toList();
            assertThat(percentages).isNotEmpty().isSorted();
        }
    }

    @Test
    void a_claim_is_told_though_the_history_does_not_keep_it() {
        caravan.wiring().worker.holdBack(java.time.Duration.ofSeconds(2));
        String job = caravan.submit("three-acts");
        try (Tap tap = Tap.open(caravan, of(job))) {
            assertThat(tap.await("snapshot").data().path("status").asText()).isEqualTo("QUEUED");
            Event claimed = tap.await("claimed");
            assertThat(claimed.id()).isNull();
            assertThat(claimed.data().path("worker").asText()).isNotEmpty();
        }
    }

    @Test
    void an_unknown_job_is_a_problem_and_so_is_another_method() {
        ApiClient api = new ApiClient(caravan);
        assertThat(api.get("/api/v1/jobs/none/events").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/jobs/none/events").body().path("code").asText())
                .isEqualTo("UNKNOWN_JOB");
        assertThat(api.get("/api/v1/events?status=bored").body().path("code").asText())
                .isEqualTo("INVALID_STATUS");
        assertThat(api.get("/api/v1/events?kind=joke").body().path("code").asText())
                .isEqualTo("INVALID_QUERY");
    }

    @Test
    void the_feed_tells_of_all_jobs_or_of_those_asked_for() {
        curtain.countDown();
        try (Tap all = Tap.open(caravan, "/api/v1/events");
                Tap ends =
                        Tap.open(caravan, "/api/v1/events?pipeline=three-acts&status=completed,failed&kind=status")) {
            assertThat(all.answer().statusCode()).isEqualTo(200);
            assertThat(ends.answer().statusCode()).isEqualTo(200);
            String one = caravan.submit("one-act");
            String three = caravan.submit("three-acts");
            caravan.awaitEnd(one);
            caravan.awaitEnd(three);
            Event end = ends.await("completed");
            assertThat(end.data().path("job_id").asText()).isEqualTo(three);
            all.await(event -> event.name().equals("completed")
                    && event.data().path("job_id").asText().equals(one));
            all.await(event -> event.name().equals("completed")
                    && event.data().path("job_id").asText().equals(three));
            assertThat(all.events()).allSatisfy(event -> {
                assertThat(event.data().path("pipeline").asText()).isIn("one-act", "three-acts");
                assertThat(event.data().path("owner").asText()).isEqualTo("default");
            });
            assertThat(ends.names()).containsExactly("completed");
            List<String> ids = all.events().stream()
                    .map(Event::id)
                    .filter(id -> id != null)
                    .toList();
            assertThat(ids).doesNotHaveDuplicates();
            try (Tap again = Tap.open(caravan, "/api/v1/events", ids.get(1))) {
                again.await(event -> ids.get(ids.size() - 1).equals(event.id()));
                assertThat(again.events().stream().map(Event::id))
                        .containsExactlyElementsOf(ids.subList(2, ids.size()));
            }
        }
    }
}
