package dev.caravan.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Lease;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatWatchTest {
    private long now;
    private final HeartbeatWatch watch = new HeartbeatWatch(() -> now);

    @Test
    void a_beat_must_stand_still_for_a_whole_lease_before_our_own_eyes() {
        assertThat(watch.stoodStill(List.of(job(1, 5)))).isEmpty();
        for (int seconds = 1; seconds < 30; seconds++) {
            pass(1);
            assertThat(watch.stoodStill(List.of(job(1, 5)))).isEmpty();
        }
        pass(1);
        assertThat(watch.stoodStill(List.of(job(1, 5)))).hasSize(1);
    }

    @Test
    void of_a_time_in_which_nobody_looked_a_third_of_the_lease_counts_at_most() {
        watch.stoodStill(List.of(job(1, 5)));
        pass(600);
        assertThat(watch.stoodStill(List.of(job(1, 5)))).isEmpty();
        pass(19);
        assertThat(watch.stoodStill(List.of(job(1, 5)))).isEmpty();
        pass(11);
        assertThat(watch.stoodStill(List.of(job(1, 5)))).hasSize(1);
    }

    @Test
    void a_beat_starts_the_watch_anew() {
        watch.stoodStill(List.of(job(1, 5)));
        pass(29);
        assertThat(watch.stoodStill(List.of(job(1, 6)))).isEmpty();
        pass(29);
        assertThat(watch.stoodStill(List.of(job(1, 6)))).isEmpty();
    }

    @Test
    void another_claim_starts_the_watch_anew_even_with_the_same_beat() {
        watch.stoodStill(List.of(job(1, 0)));
        pass(29);
        assertThat(watch.stoodStill(List.of(job(2, 0)))).isEmpty();
        pass(2);
        assertThat(watch.stoodStill(List.of(job(2, 0)))).isEmpty();
    }

    @Test
    void a_time_in_which_nothing_could_be_read_does_not_count() {
        watch.stoodStill(List.of(job(1, 5)));
        pass(31);
        watch.startOver();
        assertThat(watch.stoodStill(List.of(job(1, 5)))).isEmpty();
    }

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    private static Job job(long fence, long beat) {
        Lease lease = new Lease("t", "w/1/1", beat, 30);
        return new Job(
                "j",
                1,
                "a",
                "o",
                "p",
                Map.of(),
                10,
                JobStatus.PROCESSING,
                null,
                null,
                null,
                null,
                0,
                null,
                0,
                2,
                Map.of(),
                null,
                true,
                null,
                fence,
                lease,
                "w/1/1",
                0,
                null,
                null,
                null,
                null,
                null,
                0,
                null);
    }
}
