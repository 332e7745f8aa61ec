/**
 * The HTTP server: the handlers before Camel's routes (guard, CORS, contract, limits, meters, documentation page), and the
 * problems by which requests are refused. Features add their own handlers as a {@link dev.caravan.http.HttpFeature}.
 */
package dev.caravan.http;
