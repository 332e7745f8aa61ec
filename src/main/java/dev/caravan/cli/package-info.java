/**
 * Implements the command line that {@code ./caravan} and the container image call.
 *
 * <p>It runs, finds and stops one Caravan. The embedded cloud has its own main class.
 */
package dev.caravan.cli;
