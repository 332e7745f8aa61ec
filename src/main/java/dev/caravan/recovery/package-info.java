/**
 * The reconciler: makes up for what got lost.
 *
 * <p>Knows {@code work} and {@code job}; runs beside the worker, and is called by the program alone.
 */
package dev.caravan.recovery;
