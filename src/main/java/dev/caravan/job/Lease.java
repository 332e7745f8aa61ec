package dev.caravan.job;

/**
 * A job's lease: the right of one worker to run it.
 *
 * @param token random, one per claim: tells a claim whose answer got lost from the claim of another worker
 * @param worker name and incarnation of the worker process
 * @param beat grows while the worker lives; a process that wants to take over watches it for a whole lease
 * @param seconds for which it must not change before another process may take over
 */
public record Lease(String token, String worker, long beat, long seconds) {}
