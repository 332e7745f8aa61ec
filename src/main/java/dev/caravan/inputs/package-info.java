/**
 * Brings the files that a step reads besides the job's own: by URL through the guard of {@code fetch}, from the asset store,
 * from the bucket, or from the folder of an integrator's pipelines.
 *
 * <p>Knows {@code fetch}, {@code asset}, {@code storage}, {@code media} for the contract that it fulfils, and {@code work}.
 * Called by steps alone.
 */
package dev.caravan.inputs;
