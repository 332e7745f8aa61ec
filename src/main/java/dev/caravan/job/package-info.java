/**
 * Jobs: their records, what is ready to run, who holds a job (lease and fence), and the worker that runs them.
 *
 * <p>Knows {@code asset}, {@code storage}, {@code failure} and {@code settings}; no media, no HTTP.
 */
package dev.caravan.job;
