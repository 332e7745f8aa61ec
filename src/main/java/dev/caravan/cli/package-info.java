/**
 * The command line: what {@code ./caravan} and the container image call.
 *
 * <p>It knows how to run, find and end one Caravan, and nothing of the embedded cloud: that brings its own main class.
 */
package dev.caravan.cli;
