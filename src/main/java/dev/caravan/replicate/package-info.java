/** Predictions at Replicate: starts them, and receives their results by webhook, up to where an import begins. */
package dev.caravan.replicate;
