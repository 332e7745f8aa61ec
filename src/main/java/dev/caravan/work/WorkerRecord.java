package dev.caravan.work;

import java.util.List;

/**
 * What a worker process says of itself every few seconds. All of them lie under one key of the jobs table, so that a list of
 * them is one query.
 *
 * @param identity {@code name/folder/incarnation}; another one after each start
 * @param beat grows with each record: who watches it needs no clock to know that the worker lives
 * @param seenAt ISO 8601, by the worker's clock
 * @param concurrency jobs at once
 * @param slots encoding jobs at once
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
    /** The key under which they lie. */
    public static final String PARTITION = "workers";

    /** What a worker does about new jobs. */
    public enum State {
        /** Takes them. */
        WORKING,
        /** Takes none, and something still runs. */
        DRAINING,
        /** Takes none, and nothing runs: it may be stopped at no cost. */
        DRAINED,
        /** Was asked to stop. */
        STOPPING
    }

    /**
     * A job that runs there.
     *
     * @param progress 0 to 99
     * @param since when this worker took it
     */
    public record Run(
            String jobId, String pipeline, int priority, String owner, String step, int progress, String since) {}

    static String item(String identity) {
        return "worker#" + identity;
    }
}
