/**
 * Jobs: their records and history, what waits and what is active, how they end and what that means for their asset.
 *
 * <p>Knows {@code asset}, {@code storage}, {@code failure} and {@code settings}; no worker, no media, no HTTP.
 */
package dev.caravan.job;
