package dev.caravan.work;

import java.util.List;

/**
 * The record that a worker process writes about itself every few seconds. All of them are under one key of the jobs table,
 * so that a list of them is one query.
 *
 * @param identity {@code name/folder/incarnation}; another one after each start
 * @param beat grows with each record: a reader that watches it needs no clock to know that the worker lives
 * @param seenAt ISO 8601, by the worker's clock
 * @param concurrency jobs at the same time
 * @param slots encoding jobs at the same time
 * @param encoding jobs that encode now
 * @param pipelines the only ones it takes; empty means all
 */
public record WorkerRecord(
        String name,
        String identity,
        String host,
        long pid,
        String version,
        List<String> roles,
        List<String> pipelines,
        int concurrency,
        int slots,
        State state,
        int encoding,
        List<Run> running,
        long beat,
        String startedAt,
        String seenAt) {
    /** The partition key of the records. */
    public static final String PARTITION = "workers";

    /** The state of a worker in regard to new jobs. */
    public enum State {
        /** Claims jobs. */
        WORKING,
        /** Claims none, and some still run. */
        DRAINING,
        /** Claims none, and none runs: it may be stopped at no cost. */
        DRAINED,
        /** Is stopping. */
        STOPPING
    }

    /**
     * A job that runs on the worker.
     *
     * @param progress 0 to 99
     * @param since when this worker claimed it
     */
    public record Run(
            String jobId, String pipeline, int priority, String owner, String step, int progress, String since) {}

    static String item(String identity) {
        return "worker#" + identity;
    }
}
