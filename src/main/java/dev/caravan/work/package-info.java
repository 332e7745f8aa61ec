/**
 * The worker: its claims and their order, the run of a job as its steps see it, and the journal and the heartbeat of that
 * run.
 */
package dev.caravan.work;
