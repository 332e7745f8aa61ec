package dev.caravan.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * The settings of a worker.
 *
 * @param identity of this process: {@code name/folder/incarnation}
 * @param concurrency jobs at the same time
 * @param slots encoding jobs at the same time
 * @param pipelines only these; empty means all
 * @param workspaces the folder of the workspaces of jobs
 * @param lease how long a heartbeat must not change before other processes may take a job over
 * @param grace how long running jobs may continue after a stop was requested
 */
public record WorkerSettings(
        String identity,
        int concurrency,
        int slots,
        Set<String> pipelines,
        Path workspaces,
        Duration lease,
        Duration grace) {}
