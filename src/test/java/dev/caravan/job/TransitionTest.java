package dev.caravan.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.records.Write;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionTest {
    private static final SeenJob SEEN = new SeenJob("j", 3, JobStatus.PROCESSING, 10, 5);

    @ParameterizedTest
    @EnumSource(Transition.class)
    void no_attribute_is_both_set_and_removed(Transition transition) {
        Set<String> named = new HashSet<>(transition.sets());
        assertThat(transition.maySet()).doesNotContainAnyElementsOf(named.isEmpty() ? Set.of("-") : named);
        named.addAll(transition.maySet());
        assertThat(transition.removes()).noneMatch(named::contains);
    }

    @ParameterizedTest
    @EnumSource(value = Transition.class, names = "ACCEPT", mode = EnumSource.Mode.EXCLUDE)
    void only_a_record_with_the_same_fence_changes(Transition transition) {
        assertThat(transition.conditions()).contains(TransitionCondition.SAME_FENCE);
    }

    @ParameterizedTest
    @EnumSource(Transition.class)
    void a_job_that_a_worker_lets_go_gets_a_new_fence(Transition transition) {
        if (transition.from().contains(JobState.RUNNING) != (transition.to() == JobState.RUNNING)
                && transition.from().contains(JobState.RUNNING)) {
            assertThat(transition.newFence()).isTrue();
            assertThat(transition.removes()).contains(JobFields.LEASE);
        }
    }

    @ParameterizedTest
    @EnumSource(Transition.class)
    void a_job_is_in_the_ready_queue_exactly_while_it_waits(Transition transition) {
        if (transition.to() == JobState.WAITING) {
            assertThat(transition.sets()).contains(JobFields.READY, JobFields.LANE, JobFields.DUE_AT);
        } else if (transition.from().contains(JobState.WAITING)) {
            assertThat(transition.removes()).containsAll(JobFields.QUEUE_ENTRY);
        }
    }

    @ParameterizedTest
    @EnumSource(Transition.class)
    void a_change_cannot_write_what_its_row_does_not_name(Transition transition) {
        assertThatThrownBy(() -> change(transition).set("something", 1)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(Transition.class)
    void a_change_cannot_forget_what_its_row_names(Transition transition) {
        Set<String> byItself = Set.of(JobFields.UPDATED_AT, JobFields.FINISHED_AT);
        Set<String> needed = transition.sets().stream()
                .filter(field -> !byItself.contains(field))
                .collect(Collectors.toSet());
        for (String forgotten : needed) {
            JobChange change = change(transition);
            needed.stream().filter(field -> !field.equals(forgotten)).forEach(field -> change.set(field, 1));
            assertThatThrownBy(change::write).hasMessageContaining(forgotten);
        }
    }

    @ParameterizedTest
    @EnumSource(JobState.class)
    void every_state_is_reached_and_left(JobState state) {
        assertThat(Stream.of(Transition.values()).map(Transition::to)).contains(state);
        assertThat(Stream.of(Transition.values()).flatMap(each -> each.from().stream()))
                .contains(state);
    }

    private static JobChange change(Transition transition) {
        return new JobChange(transition, Write.to("jobs", Map.of("k", "v")), SEEN, "now");
    }
}
