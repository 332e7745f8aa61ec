/**
 * Predictions at Replicate: started there, and brought home by its webhook.
 *
 * <p>Ends where an import begins. Called by routes alone.
 */
package dev.caravan.replicate;
