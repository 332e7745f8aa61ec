package dev.caravan.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.functional.SettableClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadyQueueIndexTest {
    private static final Set<String> ALL = Set.of("convert", "import", "poster");

    private final SettableClock clock = new SettableClock();
    private final FakeLine line = new FakeLine(clock, 1);
    private final ReadyQueueIndex index = new ReadyQueueIndex(line.queue());
    private int jobs;

    @Test
    void an_empty_line_costs_one_query() {
        assertThat(look(ALL, 8).lanes()).isEmpty();
        assertThat(line.queries()).isEqualTo(1);
    }

    @Test
    void ten_thousand_jobs_of_one_owner_hide_nobody() {
        add(10_000, "convert", "anna", -5);
        add(1, "convert", "ben", -1);
        add(1, "poster", "cleo", -1);
        assertThat(owners(look(ALL, 8))).containsExactly("anna", "ben", "cleo");
        assertThat(line.queries()).isEqualTo(2);
    }

    @Test
    void a_pipeline_that_may_not_run_is_jumped_over_however_many_wait_for_it() {
        add(1, "convert", "anna", -5);
        for (int owner = 0; owner < 300; owner++) {
            add(20, "import", "owner" + owner, -50);
        }
        add(1, "poster", "ben", -1);
        assertThat(owners(look(Set.of("convert", "poster"), 8))).containsExactly("anna", "ben");
        assertThat(line.queries()).isEqualTo(2);
    }

    @Test
    void what_is_due_later_is_not_there_and_costs_one_jump() {
        add(10_000, "convert", "anna", 5);
        add(3, "convert", "ben", -1);
        add(3, "convert", "ben", 1);
        ReadyQueueIndex.Found found = look(ALL, 8);
        assertThat(found.lanes()).hasSize(1);
        assertThat(found.lanes().get(0)).hasSize(3).allMatch(job -> job.owner().equals("ben"));
        assertThat(line.queries()).isEqualTo(2);
        clock.tick(Duration.ofMinutes(5));
        assertThat(owners(look(ALL, 2))).containsExactly("anna", "ben");
    }

    @Test
    void a_lane_shows_its_oldest_first_and_as_many_as_are_asked_for() {
        add(200, "convert", "anna", -1);
        add(1, "convert", "anna", -7);
        ReadyQueueIndex.Found found = look(ALL, 120);
        assertThat(found.lanes()).hasSize(1);
        assertThat(found.lanes().get(0)).hasSizeGreaterThanOrEqualTo(ReadyQueueScan.PAGE);
        assertThat(found.lanes().get(0).get(0).jobId()).isEqualTo("j200");
        assertThat(found.leftOut()).isTrue();
    }

    @Test
    void entries_that_are_known_to_be_outdated_do_not_stand_before_others() {
        add(120, "convert", "anna", -5);
        add(1, "convert", "anna", -1);
        ReadyQueueIndex.Found found = index.due(
                Priority.NORMAL, ALL, 1, job -> Integer.parseInt(job.jobId().substring(1)) < 120);
        assertThat(found.lanes()).hasSize(1);
        assertThat(found.lanes().get(0).get(0).jobId()).isEqualTo("j120");
    }

    @Test
    void whatever_an_owner_is_called_it_has_a_lane_of_its_own() {
        List<String> names =
                List.of("a", "a#b", "a#b#", "a%23b", "", "ü", "日本", "😀", "a b", "a+b", "$", "~", "x".repeat(1000));
        names.forEach(owner -> add(60, "convert", owner, -1));
        ReadyQueueIndex.Found found = look(ALL, 1);
        assertThat(found.lanes()).hasSize(names.size());
        assertThat(new HashSet<>(owners(found))).isEqualTo(Set.copyOf(names));
        assertThat(line.all()).allMatch(job -> job.lane().length() < 1024);
    }

    @Test
    void with_more_lanes_than_a_look_reads_everybody_is_seen_in_turn() {
        for (int owner = 0; owner < 1000; owner++) {
            add(1, owner % 2 == 0 ? "convert" : "poster", "owner" + owner, -1);
        }
        Set<String> seen = new HashSet<>();
        for (int look = 0; look < 5; look++) {
            ReadyQueueIndex.Found found = look(ALL, 8);
            assertThat(found.lanes()).hasSize(ReadyQueueScan.MAX_LANES);
            assertThat(found.leftOut()).isTrue();
            seen.addAll(owners(found));
        }
        assertThat(seen).hasSize(1000);
    }

    @Test
    void long_lanes_are_seen_in_turn_too_with_a_bounded_number_of_queries() {
        for (int owner = 0; owner < 120; owner++) {
            add(70, "convert", "owner" + owner, -1);
        }
        Set<String> seen = new HashSet<>();
        for (int look = 0; look < 3; look++) {
            line.forget();
            seen.addAll(owners(look(ALL, 8)));
            assertThat(line.queries()).isLessThanOrEqualTo(ReadyQueueScan.MAX_PAGES);
        }
        assertThat(seen).hasSize(120);
    }

    private ReadyQueueIndex.Found look(Set<String> pipelines, int depth) {
        return index.due(Priority.NORMAL, pipelines, depth);
    }

    private static List<String> owners(ReadyQueueIndex.Found found) {
        return found.lanes().stream()
                .flatMap(List::stream)
                .map(ReadyJob::owner)
                .distinct()
                .toList();
    }

    private void add(int count, String pipeline, String owner, int minutes) {
        for (int i = 0; i < count; i++) {
            line.add("j" + jobs++, pipeline, owner, 10, clock.instant().plus(Duration.ofMinutes(minutes)));
        }
    }
}
