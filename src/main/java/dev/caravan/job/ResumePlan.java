package dev.caravan.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Plans what a retry of a job would do, step by step in the order of its pipeline as it is now; steps that the pipeline does
 * not have any more come last.
 */
public record ResumePlan(List<Step> steps) {
    /** The whole pipeline, from its first step on. */
    public static final String START = "start";
    /** The first step whose result is not valid. */
    public static final String FAILED = "failed";

    /** The action of the plan on a step, written in lower case. */
    public enum Action {
        /** The result is valid and is reused. */
        REUSE,
        RUN,
        /** The pipeline did not have it when this job ran. */
        NEW,
        /** The pipeline does not have the step any more; its result is ignored. */
        GONE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One step of the plan.
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

    /** The step with which the job continues; empty when every result is valid. */
    public Optional<String> first() {
        return steps.stream().filter(Step::runs).map(Step::step).findFirst();
    }

    /** The last step whose result is reused before one runs. */
    public Optional<String> lastReused() {
        return steps.stream()
                .takeWhile(step -> !step.runs())
                .filter(step -> step.action() == Action.REUSE)
                .map(Step::step)
                .reduce((before, last) -> last);
    }
}
