package dev.caravan.intake;

import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import dev.caravan.job.StepRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the results of an earlier job of the same pipeline on an asset, for a job that is to start at a later step. */
public final class EarlierRun {
    private final Jobs jobs;

    public EarlierRun(Jobs jobs) {
        this.jobs = jobs;
    }

    /** The records of {@code steps} in the newest job that finished them all; empty when none did. */
    public Optional<Map<String, StepRecord>> finished(String assetId, String pipeline, List<String> steps) {
        return jobs.ofAsset(assetId).stream()
                .map(jobs::find)
                .flatMap(Optional::stream)
                .filter(job -> job.pipeline().equals(pipeline))
                .map(job -> records(job, steps))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Map<String, StepRecord> records(Job job, List<String> steps) {
        Map<String, StepRecord> records = new LinkedHashMap<>();
        for (String step : steps) {
            Optional<StepRecord> record = job.step(step).filter(StepRecord::done);
            if (record.isEmpty()) {
                return null;
            }
            records.put(step, record.get());
        }
        return records;
    }
}
