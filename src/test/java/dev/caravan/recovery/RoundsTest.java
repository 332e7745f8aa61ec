package dev.caravan.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.functional.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** When which duty is due, and where it goes on. Nothing here is worth a record, so there is none to write it. */
class RoundsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> ran = new ArrayList<>();

    private Duty duty(String name, int minutes, Function<String, Report> work) {
        return new Duty() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration interval() {
                return Duration.ofMinutes(minutes);
            }

            @Override
            public Report run(Errand errand) {
                ran.add(name + " " + errand.cursor());
                return work.apply(errand.cursor());
            }
        };
    }

    private Rounds rounds(Duty... duties) {
        return new Rounds(
                List.of(duties), null, new RecoveryMeters(new SimpleMeterRegistry()), new SettableClock(), nanos::get);
    }

    private void after(int minutes) {
        nanos.addAndGet(Duration.ofMinutes(minutes).toNanos());
    }

    @Test
    void a_walk_goes_on_in_every_round_and_then_rests_for_its_interval() {
        Rounds rounds = rounds(duty("walk", 60, cursor -> new Report().goOnAt(cursor == null ? "b" : null)));
        for (int round = 0; round < 5; round++) {
            rounds.run("self", () -> true);
        }
        assertThat(ran).containsExactly("walk null", "walk b");
        after(60);
        rounds.run("self", () -> true);
        assertThat(ran).hasSize(3);
    }

    @Test
    void whoever_takes_over_goes_on_where_the_one_before_was() {
        Rounds rounds = rounds(duty("walk", 60, cursor -> new Report()));
        rounds.begin(Map.of("duties", Map.of("walk", Map.of("cursor", "m", "runs", 7L))));
        rounds.run("self", () -> true);
        assertThat(ran).containsExactly("walk m");
        assertThat(rounds.told().toString()).contains("runs=8").doesNotContain("cursor");
    }

    @Test
    void one_that_is_not_active_any_more_does_nothing() {
        Rounds rounds = rounds(duty("a", 1, cursor -> new Report()), duty("b", 1, cursor -> new Report()));
        rounds.run("self", () -> ran.isEmpty());
        assertThat(ran).containsExactly("a null");
    }

    @Test
    void what_a_duty_throws_is_its_report_and_it_begins_again_where_it_was() {
        Duty broken = duty("broken", 60, cursor -> {
            throw new IllegalStateException("S3 does not answer");
        });
        Report report = rounds(broken).run(broken, new Errand("m", false, () -> true));
        assertThat(report.broken()).isEqualTo("S3 does not answer");
        assertThat(report.errors()).containsExactly("S3 does not answer");
        assertThat(report.cursor()).isEqualTo("m");
        assertThat(report.worthARecord()).isTrue();
    }
}
