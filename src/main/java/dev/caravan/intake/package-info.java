/**
 * Acceptance: orders become an asset and its jobs, together or not at all, and once only.
 *
 * <p>Called by {@code ingest}, {@code upload} and {@code api}; knows {@code job}, which writes the record, and what lies below it.
 */
package dev.caravan.intake;
