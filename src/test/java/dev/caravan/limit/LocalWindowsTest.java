package dev.caravan.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.job.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocalWindowsTest {
    private static final Rate RATE = new Rate(3, Duration.ofSeconds(10));

    private long now = 1_000_000;
    private final LocalWindows windows = new LocalWindows(() -> now);
    private int tokens;

    @Test
    void so_many_are_let_in_at_once_and_the_next_when_the_first_is_old_enough() {
        assertThat(take("")).isZero();
        pass(4);
        assertThat(take("")).isZero();
        assertThat(take("")).isZero();
        assertThat(take("")).isEqualTo(Duration.ofSeconds(6));
        pass(6);
        assertThat(take("")).isZero();
        assertThat(take("")).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void those_who_wait_are_told_different_moments() {
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waits.add(take("job-" + i));
        }
        assertThat(waits.stream().map(Duration::toSeconds)).containsExactly(0L, 0L, 0L, 10L, 10L, 10L, 20L, 20L);
    }

    @Test
    void a_newcomer_does_not_take_what_was_promised_to_another() {
        for (int i = 0; i < 4; i++) {
            take("job-" + i);
        }
        pass(10);
        assertThat(take("")).isZero();
        assertThat(take("")).isZero();
        assertThat(take("newcomer")).isPositive();
        assertThat(take("job-3")).isZero();
    }

    @Test
    void a_promise_that_nobody_comes_for_is_kept_for_ten_seconds() {
        for (int i = 0; i < 4; i++) {
            take("job-" + i);
        }
        pass(19);
        assertThat(List.of(take(""), take(""))).containsOnly(Duration.ZERO);
        assertThat(take("")).isPositive();
        pass(1);
        assertThat(take("")).isZero();
    }

    @Test
    void a_token_that_is_given_back_is_free() {
        take("");
        take("");
        windows.take("w", RATE, new Windows.Asking("unused", ""));
        assertThat(take("")).isPositive();
        windows.giveBack("w", "unused");
        assertThat(take("")).isZero();
    }

    @Test
    void no_window_ever_holds_more_and_who_comes_when_told_is_let_in_by_the_third_time() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            Rate rate = new Rate(1 + random.nextInt(5), Duration.ofMillis(100 + random.nextInt(5_000)));
            List<Long> starts = new ArrayList<>();
            PriorityQueue<long[]> line = new PriorityQueue<>((one, other) -> Long.compare(one[0], other[0]));
            for (int i = 0; i < 60; i++) {
                line.add(new long[] {now + random.nextInt(2_000_000_000), i, 0});
            }
            while (!line.isEmpty()) {
                long[] next = line.poll();
                now = Math.max(now, next[0]);
                Duration wait =
                        windows.take("round" + round, rate, new Windows.Asking("t" + ++tokens, "job-" + next[1]));
                if (wait.isZero()) {
                    starts.add(now);
                } else {
                    assertThat(next[2]).isLessThan(3);
                    line.add(new long[] {now + wait.toNanos(), next[1], next[2] + 1});
                }
            }
            for (int i = rate.max(); i < starts.size(); i++) {
                assertThat(starts.get(i) - starts.get(i - rate.max()))
                        .isGreaterThanOrEqualTo(rate.per().toNanos());
            }
        }
    }

    private Duration take(String waiter) {
        return windows.take("w", RATE, new Windows.Asking("t" + ++tokens, waiter));
    }

    private void pass(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }
}
