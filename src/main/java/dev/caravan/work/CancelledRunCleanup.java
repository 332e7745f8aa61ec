package dev.caravan.work;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.json.Json;
import dev.caravan.storage.Files;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the files that a cancelled run stored and no checkpoint names. */
public final class CancelledRunCleanup {
    private static final Logger LOG = LoggerFactory.getLogger(CancelledRunCleanup.class);

    private final Jobs jobs;
    private final Files files;

    public CancelledRunCleanup(Jobs jobs, Files files) {
        this.jobs = jobs;
        this.files = files;
    }

    /** Removes them if the job of this run was cancelled; other runs' outputs are left alone. */
    public void remove(RunningJob run) {
        try {
            jobs.find(run.jobId())
                    .filter(job -> job.status() == JobStatus.CANCELLED)
                    .ifPresent(job -> remove(run, job));
        } catch (RuntimeException e) {
            LOG.warn("what job {} left half-made stays for now: {}", run.jobId(), e.getMessage());
        }
    }

    private void remove(RunningJob run, Job job) {
        String folder = "media/%s/%s/%s/".formatted(job.owner(), job.assetId(), job.jobId());
        // As StepOutput names them: {step}-{fence}[.{attempt}].{extension}
        Pattern ofThisRun = Pattern.compile("[a-z0-9-]+-%d(\\.\\d+)?\\.[A-Za-z0-9]+".formatted(run.fence()));
        String recorded = Json.text(job.steps());
        files.removeAll(
                folder,
                key -> ofThisRun.matcher(key.substring(folder.length())).matches()
                        && !recorded.contains("\"" + key + "\""));
    }
}
