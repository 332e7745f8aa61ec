package dev.caravan.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.faults.ClaimRule.Distance;
import dev.caravan.faults.ClaimRule.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimRuleTest {
    private static final List<Waiting> ALL = List.of(
            new Waiting("a1", 1, "anna", "1"),
            new Waiting("a2", 1, "anna", "2"),
            new Waiting("a3", 1, "anna", "3"),
            new Waiting("b1", 1, "bert", "4"),
            new Waiting("high", 0, "anna", "5"),
            new Waiting("low", 2, "bert", "0"));

    @Test
    void an_order_that_follows_the_rule_is_at_most_one_turn_from_it() {
        assertThat(ClaimRule.distance(ALL, List.of("high", "a1", "b1", "a2", "a3", "low")))
                .isEqualTo(new Distance(0, 1, 0));
    }

    @Test
    void what_is_out_of_order_is_measured() {
        assertThat(ClaimRule.distance(ALL, List.of("low", "high", "a3", "a1", "a2", "b1")))
                .isEqualTo(new Distance(5, 3, 2));
    }
}
