/**
 * The HTTP server: what stands in front of Camel's routes (guard, CORS, contract, limits, meters, documentation page), and how it says no.
 *
 * <p>Features put {@link dev.caravan.http.Door doors} of their own before the routes; it knows none of them.
 */
package dev.caravan.http;
