/**
 * Tells whoever announced a file what became of it: a job that waits for the asset's end and calls the URL it was given.
 *
 * <p>Everything that goes out goes through {@code fetch}. Called by a Kamelet alone.
 */
package dev.caravan.notify;
