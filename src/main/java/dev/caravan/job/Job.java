package dev.caravan.job;

import dev.caravan.failure.Failure;
import dev.caravan.storage.MediaFile;
import java.util.Map;
import java.util.Optional;

/**
 * A job: one run of one pipeline on one asset. It is a record of the jobs table; names are those of the JSON, in camel case.
 *
 * @param priority 5, 10 or 15
 * @param waitingFor {@code asset | due | paused | rate | slot} where the job waits, else null
 * @param startFrom id of the first step to run, null for the beginning
 * @param progressPercentage 0 to 100, never falls while the job runs
 * @param pace of the running step, where it is known; as old as the last heartbeat
 * @param retryCount runs of steps after the first one
 * @param maxRetries per step
 * @param required whether the asset's readiness depends on it
 * @param source the object the job works on, in the version it was accepted with
 * @param fence grows with each claim and each time the job is taken back; every write of a run is conditional on it
 * @param crashes times that the worker died while it ran the job since the last checkpoint
 * @param ready partition in the ready queue's index; only while the job waits for a worker
 * @param dueAt ISO 8601 with milliseconds; not to be claimed before
 * @param retried times that a client put it back into the ready queue after its end
 * @param expiresAt of an old dead letter: when it may be removed, in seconds since 1970
 */
public record Job(
        String jobId,
        Integer schemaVersion,
        String assetId,
        String owner,
        String pipeline,
        Map<String, Object> parameters,
        int priority,
        JobStatus status,
        String waitingFor,
        String startFrom,
        String currentStep,
        String lastSuccessfulStep,
        int progressPercentage,
        Pace pace,
        int retryCount,
        int maxRetries,
        Map<String, StepRecord> steps,
        Failure error,
        boolean required,
        MediaFile source,
        long fence,
        Lease lease,
        String worker,
        int crashes,
        String ready,
        String dueAt,
        String createdAt,
        String updatedAt,
        String finishedAt,
        int retried,
        Long expiresAt) {

    public static final int SCHEMA_VERSION = 1;

    public Optional<StepRecord> step(String id) {
        return Optional.ofNullable(steps).map(all -> all.get(id));
    }
}
