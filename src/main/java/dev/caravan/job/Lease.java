package dev.caravan.job;

/**
 * A worker's hold on a job.
 *
 * @param token random, one per claim: tells a claim whose answer got lost from somebody else's
 * @param worker name and incarnation of the worker process
 * @param beat grows while the worker lives; who wants to take over watches it for a whole lease
 * @param seconds how long it must stand still
 */
public record Lease(String token, String worker, long beat, long seconds) {}
