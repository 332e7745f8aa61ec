/**
 * The operations of the HTTP API, which the routes under {@code routes/api} call, and the views of assets and jobs that
 * they return.
 */
package dev.caravan.api;
