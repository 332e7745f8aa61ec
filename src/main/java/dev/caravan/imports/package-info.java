/**
 * Media that come by URL: the order, and the step that carries it out.
 *
 * <p>Everything that goes out goes through {@code fetch}. Called by routes and Kamelets alone.
 */
package dev.caravan.imports;
