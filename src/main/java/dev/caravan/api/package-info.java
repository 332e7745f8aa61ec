/**
 * What the operations of the HTTP API do: the views of assets and jobs.
 *
 * <p>Called by the routes under {@code routes/api}.
 */
package dev.caravan.api;
