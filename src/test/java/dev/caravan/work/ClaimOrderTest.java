package dev.caravan.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.functional.SettableClock;
import dev.caravan.records.Timestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimOrderTest {
    private final SettableClock clock = new SettableClock();
    private final ClaimOrder order = new ClaimOrder(clock);
    private final List<ReadyJob> waiting = new ArrayList<>();

    @Test
    void priority_goes_before_age() {
        add("low", "a", 15, 5);
        add("normal", "a", 10, 3);
        add("high", "a", 5, 0);
        assertThat(ids()).containsExactly("high", "normal", "low");
    }

    @Test
    void ten_minutes_of_waiting_are_worth_one_level() {
        add("low", "a", 15, 21);
        add("high", "a", 5, 0);
        add("normal", "a", 10, 9);
        assertThat(ids()).containsExactly("low", "high", "normal");
    }

    @Test
    void nothing_rises_above_the_highest_level() {
        add("low", "a", 15, 500);
        add("high", "a", 5, 501);
        assertThat(ids()).containsExactly("high", "low");
    }

    @Test
    void owners_take_turns_within_a_level_and_the_one_served_last_comes_last() {
        add("a1", "a", 10, 5);
        add("a2", "a", 10, 4);
        add("a3", "a", 10, 3);
        add("b1", "b", 10, 2);
        assertThat(ids()).containsExactly("a1", "b1", "a2", "a3");
        order.served("a");
        assertThat(ids()).containsExactly("b1", "a1", "a2", "a3");
    }

    private void add(String id, String owner, int priority, int minutesAgo) {
        String due = Timestamps.of(clock.instant().minus(Duration.ofMinutes(minutesAgo)));
        waiting.add(new ReadyJob(id, owner, "p", priority, 0, 0, due));
    }

    private List<String> ids() {
        return order.sort(waiting).stream().map(ReadyJob::jobId).toList();
    }
}
