/** The operations of the HTTP API, and the views of assets and jobs that they return. */
package dev.caravan.api;
