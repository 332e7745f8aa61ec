package dev.caravan.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What going on with a job would do, step by step in the order of its pipeline as it is now; steps that it lost come last. */
public record ResumePlan(List<Step> steps) {
    /** The whole pipeline, from its first step on. */
    public static final String START = "start";
    /** The first step whose result does not hold. */
    public static final String FAILED = "failed";

    /** Written in lower case. */
    public enum Action {
        /** Its result holds and is taken over. */
        REUSE,
        RUN,
        /** The pipeline did not have it when this job ran. */
        NEW,
        /** The pipeline has it no more; its result is not looked at. */
        GONE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One step.
     *
     * @param changed of a finished step that runs again, what is other than it was: {@code definition}, {@code parameters},
     *     {@code input}
     * @param why in words
     */
    public record Step(String step, Action action, List<String> changed, String why) {
        public boolean runs() {
            return action == Action.RUN || action == Action.NEW;
        }
    }

    /** The step that the job goes on with; empty when every result holds. */
    public Optional<String> first() {
        return steps.stream().filter(Step::runs).map(Step::step).findFirst();
    }

    /** The last step whose result is taken over before one runs. */
    public Optional<String> lastReused() {
        return steps.stream()
                .takeWhile(step -> !step.runs())
                .filter(step -> step.action() == Action.REUSE)
                .map(Step::step)
                .reduce((before, last) -> last);
    }
}
