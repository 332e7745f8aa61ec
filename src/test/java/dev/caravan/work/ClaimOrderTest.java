package dev.caravan.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.functional.SettableClock;
import dev.caravan.job.ReadyJob;
import dev.caravan.json.Timestamps;
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
        assertThat(claimed(3)).containsExactly("high", "normal", "low");
    }

    @Test
    void ten_minutes_of_waiting_are_worth_one_level() {
        add("low", "a", 15, 21);
        add("high", "a", 5, 0);
        add("normal", "a", 10, 9);
        assertThat(claimed(3)).containsExactly("low", "high", "normal");
    }

    @Test
    void nothing_rises_above_the_highest_level() {
        add("low", "a", 15, 500);
        add("high", "a", 5, 501);
        assertThat(claimed(2)).containsExactly("high", "low");
    }

    @Test
    void owners_take_turns_within_a_level_the_one_served_longest_ago_first() {
        add("a1", "a", 10, 5);
        add("a2", "a", 10, 4);
        add("a3", "a", 10, 3);
        add("b1", "b", 10, 2);
        assertThat(claimed(2)).containsExactly("a1", "b1");
        add("b2", "b", 10, 1);
        add("b3", "b", 10, 1);
        assertThat(claimed(4)).containsExactly("a2", "b2", "a3", "b3");
    }

    @Test
    void one_who_comes_anew_goes_before_the_one_that_was_served_last_and_after_the_others() {
        add("a1", "a", 10, 9);
        add("a2", "a", 10, 9);
        add("b1", "b", 10, 8);
        add("b2", "b", 10, 8);
        assertThat(claimed(2)).containsExactly("a1", "b1");
        add("c1", "c", 10, 1);
        assertThat(claimed(3)).containsExactly("a2", "c1", "b2");
    }

    @Test
    void an_owner_is_not_put_off_by_ever_new_ones() {
        add("a1", "a", 10, 5);
        add("a2", "a", 10, 5);
        assertThat(claimed(1)).containsExactly("a1");
        List<String> claimed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            add("new" + i, "owner" + i, 10, 1);
            add("neu" + i, "besitzer" + i, 10, 1);
            claimed.addAll(claimed(1));
        }
        assertThat(claimed.indexOf("a2")).isBetween(0, 2);
    }

    private void add(String id, String owner, int priority, int minutesAgo) {
        String due = Timestamps.of(clock.instant().minus(Duration.ofMinutes(minutesAgo)));
        waiting.add(new ReadyJob(id, owner, "p", priority, 0, 0, due, "p#" + owner + "#" + due));
    }

    private List<String> claimed(int howMany) {
        List<String> claimed = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            ClaimCandidates candidates = new ClaimCandidates(order);
            waiting.forEach(job -> candidates.add(List.of(job)));
            ReadyJob first = candidates.first().orElseThrow();
            waiting.remove(first);
            order.served(first.owner());
            claimed.add(first.jobId());
        }
        return claimed;
    }
}
