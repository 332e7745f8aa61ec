/**
 * Files of videos over HTTP, in whole and in part: {@code /api/stream}, a door outside of the contract, since Camel's
 * answers know no ranges and no back-pressure.
 *
 * <p>Called by nobody but the HTTP server. Knows {@code asset}, {@code storage} and {@code http}.
 */
package dev.caravan.stream;
