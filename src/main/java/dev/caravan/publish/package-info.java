/**
 * The last step of a pipeline: what it made becomes part of the asset.
 *
 * <p>Knows {@code asset}, {@code job} and {@code storage}.
 */
package dev.caravan.publish;
