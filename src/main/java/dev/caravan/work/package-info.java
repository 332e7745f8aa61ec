/**
 * The worker: what it claims and in which order, the run of a job as its steps see it, the journal and the heartbeat of
 * that run.
 *
 * <p>Knows {@code job} and what lies below it; no pipeline, no media, no HTTP.
 */
package dev.caravan.work;
