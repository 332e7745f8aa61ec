package dev.caravan.job;

import dev.caravan.json.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way in which a job is retried after its end.
 *
 * @param from {@link ResumePlan#START}, {@link ResumePlan#FAILED} or the id of a step, as requested
 * @param priority of the job from now on
 * @param parameters of the job from now on
 * @param asked the requested changes of the parameters, for the history; null without any
 * @param runAt not to start before; null or past for now
 */
public record Requeue(
        ResumePlan plan,
        String from,
        int priority,
        Map<String, Object> parameters,
        Map<String, Object> asked,
        Instant runAt) {

    PipelineAndPriority kind(Job job) {
        return new PipelineAndPriority(job.pipeline(), Priority.nearest(priority));
    }

    Instant due(Instant now) {
        return runAt == null || runAt.isBefore(now) ? now : runAt;
    }

    int progress(ProgressScale scale) {
        return plan.first()
                .map(step -> (int) Math.floor(99 * scale.before(step)))
                .orElse(99);
    }

    /**
     * The steps that run again without a record. A finished step that changed keeps its record, in case its result is valid
     * once the steps before it have run.
     */
    List<String> forgotten(Job job) {
        List<String> ids = plan.steps().stream().map(ResumePlan.Step::step).toList();
        int asked = ResumePlan.START.equals(from) ? 0 : ids.indexOf(from);
        return plan.steps().stream()
                .filter(ResumePlan.Step::runs)
                .map(ResumePlan.Step::step)
                .filter(step -> job.step(step).isPresent())
                .filter(step -> asked >= 0 && ids.indexOf(step) >= asked
                        || !job.step(step).filter(StepRecord::done).isPresent())
                .toList();
    }

    /** The history gets the whole failure, because the retry removes it from the record. */
    Map<String, Object> event(Job job) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("from", plan.first().orElse(null));
        event.put("was", job.status().name());
        if (job.error() != null) {
            event.put("code", job.error().code());
            event.put("error", job.error());
            Optional.ofNullable(job.error().step())
                    .flatMap(job::step)
                    .ifPresent(step -> event.put("attempts", step.attempts()));
        }
        if (asked != null) {
            event.put("parameters", asked);
        }
        if (runAt != null) {
            event.put("run_at", Timestamps.of(runAt));
        }
        return event;
    }
}
