package dev.caravan.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.functional.SettableClock;
import dev.caravan.json.Timestamps;
import dev.caravan.work.WorkerRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkerLivenessTest {
    private final SettableClock clock = new SettableClock();
    private final AtomicLong nanos = new AtomicLong();
    private final WorkerLiveness workerLiveness = new WorkerLiveness(clock, nanos::get);

    @Test
    void a_worker_whose_beat_stands_still_for_thirty_seconds_is_dead() {
        assertThat(alive(1, Duration.ZERO)).isTrue();
        pass(Duration.ofSeconds(29));
        assertThat(alive(1, Duration.ofSeconds(29))).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(alive(1, Duration.ofSeconds(30))).isFalse();
    }

    @Test
    void a_record_that_was_old_when_it_was_first_seen_is_of_a_dead_worker() {
        assertThat(alive(7, Duration.ofSeconds(31))).isFalse();
    }

    @Test
    void a_worker_whose_clock_is_an_hour_late_lives_from_its_next_beat_on() {
        assertThat(alive(1, Duration.ofHours(1))).isFalse();
        pass(Duration.ofSeconds(5));
        assertThat(alive(2, Duration.ofHours(1))).isTrue();
        pass(Duration.ofSeconds(29));
        assertThat(alive(2, Duration.ofHours(1))).isTrue();
    }

    @Test
    void a_dead_worker_whose_clock_was_early_is_gone_after_thirty_seconds() {
        assertThat(alive(1, Duration.ofHours(-1))).isTrue();
        pass(Duration.ofSeconds(30));
        assertThat(alive(1, Duration.ofHours(-1))).isFalse();
    }

    @Test
    void a_jump_of_the_readers_clock_kills_nobody_whom_it_knows() {
        assertThat(alive(1, Duration.ZERO)).isTrue();
        clock.tick(Duration.ofHours(1));
        pass(Duration.ofSeconds(5));
        assertThat(alive(2, Duration.ofHours(1))).isTrue();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private boolean alive(long beat, Duration age) {
        String seen = Timestamps.of(clock.instant().minus(age));
        WorkerRecord record = new WorkerRecord(
                "w",
                "w/1/1",
                "host",
                1,
                "1",
                List.of(),
                List.of(),
                8,
                1,
                WorkerRecord.State.WORKING,
                0,
                List.of(),
                beat,
                seen,
                seen);
        return !workerLiveness.alive(List.of(record)).isEmpty();
    }
}
