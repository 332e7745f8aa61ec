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
class TaskSchedulerTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> ran = new ArrayList<>();

    private MaintenanceTask duty(String name, int minutes, Function<String, TaskReport> work) {
        return new MaintenanceTask() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration interval() {
                return Duration.ofMinutes(minutes);
            }

            @Override
            public TaskReport run(TaskRun errand) {
                ran.add(name + " " + errand.cursor());
                return work.apply(errand.cursor());
            }
        };
    }

    private TaskScheduler rounds(MaintenanceTask... duties) {
        return new TaskScheduler(
                List.of(duties), null, new RecoveryMeters(new SimpleMeterRegistry()), new SettableClock(), nanos::get);
    }

    private void after(int minutes) {
        nanos.addAndGet(Duration.ofMinutes(minutes).toNanos());
    }

    @Test
    void a_walk_goes_on_in_every_round_and_then_rests_for_its_interval() {
        TaskScheduler taskScheduler =
                rounds(duty("walk", 60, cursor -> new TaskReport().goOnAt(cursor == null ? "b" : null)));
        for (int round = 0; round < 5; round++) {
            taskScheduler.run("self", () -> true);
        }
        assertThat(ran).containsExactly("walk null", "walk b");
        after(60);
        taskScheduler.run("self", () -> true);
        assertThat(ran).hasSize(3);
    }

    @Test
    void whoever_takes_over_goes_on_where_the_one_before_was() {
        TaskScheduler taskScheduler = rounds(duty("walk", 60, cursor -> new TaskReport()));
        taskScheduler.begin(Map.of("duties", Map.of("walk", Map.of("cursor", "m", "runs", 7L))));
        taskScheduler.run("self", () -> true);
        assertThat(ran).containsExactly("walk m");
        assertThat(taskScheduler.told().toString()).contains("runs=8").doesNotContain("cursor");
    }

    @Test
    void one_that_is_not_active_any_more_does_nothing() {
        TaskScheduler taskScheduler =
                rounds(duty("a", 1, cursor -> new TaskReport()), duty("b", 1, cursor -> new TaskReport()));
        taskScheduler.run("self", () -> ran.isEmpty());
        assertThat(ran).containsExactly("a null");
    }

    @Test
    void what_a_duty_throws_is_its_report_and_it_begins_again_where_it_was() {
        MaintenanceTask broken = duty("broken", 60, cursor -> {
            throw new IllegalStateException("S3 does not answer");
        });
        TaskReport report = rounds(broken).run(broken, new TaskRun("m", false, () -> true));
        assertThat(report.broken()).isEqualTo("S3 does not answer");
        assertThat(report.errors()).containsExactly("S3 does not answer");
        assertThat(report.cursor()).isEqualTo("m");
        assertThat(report.worthARecord()).isTrue();
    }
}
