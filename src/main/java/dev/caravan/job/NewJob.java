package dev.caravan.job;

import dev.caravan.asset.Asset;
import dev.caravan.storage.MediaFile;
import java.time.Instant;
import java.util.Map;

/**
 * A job that is about to be accepted.
 *
 * @param maxRetries of a step
 * @param required whether the asset is ready only after it
 * @param startFrom id of the step to begin with; null for the first one
 * @param steps records of the steps before that, from an earlier job
 * @param source the object that the job works on
 * @param runAt not to start before; null or past for now
 */
public record NewJob(
        String jobId,
        Asset asset,
        String pipeline,
        Priority priority,
        Map<String, Object> parameters,
        int maxRetries,
        boolean required,
        String startFrom,
        Map<String, StepRecord> steps,
        MediaFile source,
        Instant runAt) {

    Instant due(Instant now) {
        return runAt == null || runAt.isBefore(now) ? now : runAt;
    }
}
