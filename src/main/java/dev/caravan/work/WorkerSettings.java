package dev.caravan.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * @param identity of this process: {@code name/folder/incarnation}
 * @param concurrency jobs at once
 * @param slots encoding jobs at once
 * @param pipelines only these; empty means all
 * @param workspaces where the scratch folders of jobs lie
 * @param lease how long a heartbeat must stand still before others may take a job over
 * @param grace how long running jobs may go on after a stop was asked for
 */
public record WorkerSettings(
        String identity,
        int concurrency,
        int slots,
        Set<String> pipelines,
        Path workspaces,
        Duration lease,
        Duration grace) {}
