/**
 * Calls HTTP services for steps and for routes of integrators: what they are asked, what their answers mean, and where
 * these go.
 *
 * <p>Everything that goes out goes through {@code fetch}. Knows {@code media} for how outputs are stored, and {@code work}.
 * Called by a Kamelet alone.
 */
package dev.caravan.httpcall;
