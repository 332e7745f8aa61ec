/**
 * The HTTP API: what stands in front of Camel's routes (guard, contract, documentation page), what they answer, and how they
 * say no.
 *
 * <p>Called by the routes under {@code routes/api}; reads assets and jobs, never writes them.
 */
package dev.caravan.http;
