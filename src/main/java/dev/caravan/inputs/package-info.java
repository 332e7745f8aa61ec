/**
 * Fetches the files that a step reads besides the job's own: by URL through the guard of {@code fetch}, from the asset
 * store, from the bucket, or from the folder of an integrator's pipelines.
 */
package dev.caravan.inputs;
