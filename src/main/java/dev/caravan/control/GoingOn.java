package dev.caravan.control;

import dev.caravan.job.DeadLetterEntry;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Kind;
import dev.caravan.job.Plan;
import dev.caravan.job.Priority;
import dev.caravan.job.ProgressScale;
import dev.caravan.job.StepRecord;
import dev.caravan.records.Tables;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the record and the history of a job say when it goes on after its end. */
final class GoingOn {
    private final Jobs jobs;
    private final Job job;
    private final Plan plan;
    private final Wish wish;
    private final ProgressScale scale;

    GoingOn(Jobs jobs, Retry.Outcome outcome, Wish wish, ProgressScale scale) {
        this.jobs = jobs;
        this.job = outcome.job();
        this.plan = outcome.plan();
        this.wish = wish;
        this.scale = scale;
    }

    Write write() {
        int priority = priority();
        Write write = Write.to(jobs.tables().jobs(), Jobs.key(job.jobId()))
                .where("fence", job.fence())
                .where("status", job.status().name())
                .set("fence", job.fence() + 1)
                .set("status", JobStatus.QUEUED.name())
                .set("updated_at", Timestamps.now(jobs.clock()))
                .set("priority", priority)
                .set("parameters", wish.over(job.parameters()))
                .set("retried", job.retried() + 1)
                .set("retry_count", 0)
                .set("crashes", 0)
                .set("last_successful_step", plan.lastReused().orElse(null))
                .set("progress_percentage", progress())
                .remove("current_step")
                .remove("error")
                .remove("finished_at")
                .remove("worker")
                .remove(Tables.EXPIRES);
        forgotten().forEach(step -> write.remove("steps." + step));
        return jobs.line().enter(DeadLetterEntry.remove(write), job, priority, due());
    }

    /** What it is counted as from now on. */
    Kind kind() {
        return new Kind(job.pipeline(), Priority.nearest(priority()));
    }

    private int priority() {
        return wish.priority() == null ? job.priority() : wish.priority().number();
    }

    private Instant due() {
        Instant now = jobs.clock().instant();
        return wish.runAt() == null || wish.runAt().isBefore(now) ? now : wish.runAt();
    }

    private int progress() {
        return plan.first()
                .map(step -> (int) Math.floor(99 * scale.before(step)))
                .orElse(99);
    }

    /**
     * The steps that begin from nothing. A finished one that changed keeps its record, in case that its result holds once
     * the steps before it ran.
     */
    private List<String> forgotten() {
        List<String> ids = plan.steps().stream().map(Plan.Step::step).toList();
        int asked = Plan.START.equals(wish.from()) ? 0 : ids.indexOf(wish.fromStep());
        return plan.steps().stream()
                .filter(Plan.Step::runs)
                .map(Plan.Step::step)
                .filter(step -> job.step(step).isPresent())
                .filter(step -> asked >= 0 && ids.indexOf(step) >= asked
                        || !job.step(step).filter(StepRecord::done).isPresent())
                .toList();
    }

    /** The failure goes into the history whole: from the record it is about to vanish. */
    Map<String, Object> event() {
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
        if (wish.parameters() != null) {
            event.put("parameters", wish.parameters());
        }
        if (wish.runAt() != null) {
            event.put("run_at", Timestamps.of(wish.runAt()));
        }
        return event;
    }
}
