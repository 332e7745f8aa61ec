/**
 * Jobs: their records and history, the table of all that can happen to one, what waits and what is active, how they end and
 * what that means for their asset. No other package writes a job's record or names its attributes.
 *
 * <p>Knows {@code asset}, {@code storage}, {@code records}, {@code failure} and {@code settings}; no worker, no media, no HTTP.
 */
package dev.caravan.job;
