package dev.caravan.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailingTaskTest {
    private final Map<String, Object> line = new HashMap<>();

    private void run(TaskReport report, String now) {
        FailingTask.note(line, report, now);
    }

    private Map<String, Object> lease() {
        return Map.of("duties", Map.of("compare", line, "ring", Map.of("runs", 7L)));
    }

    @Test
    void a_duty_that_came_to_nothing_three_times_in_a_row_is_told_with_its_cause() {
        run(new TaskReport().broken("S3 is away"), "t1");
        run(new TaskReport().broken("S3 is away"), "t2");
        assertThat(FailingTask.in(lease())).isEmpty();
        run(new TaskReport().broken("Could not parse XML response"), "t3");
        assertThat(FailingTask.in(lease()))
                .containsExactly(new FailingTask("compare", 3, "t1", "Could not parse XML response"));
    }

    @Test
    void one_run_that_does_its_work_ends_that_although_single_things_failed() {
        for (int i = 0; i < 5; i++) {
            run(new TaskReport().broken("S3 is away"), "t" + i);
        }
        run(new TaskReport().error("uploads/one.mp4: 500"), "t6");
        assertThat(FailingTask.in(lease())).isEmpty();
        assertThat(line).isEmpty();
    }

    @Test
    void a_lease_of_an_older_version_tells_of_nothing() {
        assertThat(FailingTask.in(Map.of())).isEmpty();
        assertThat(FailingTask.in(Map.of("duties", "x"))).isEmpty();
    }
}
