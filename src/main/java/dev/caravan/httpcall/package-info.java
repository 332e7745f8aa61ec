/**
 * Calls HTTP services for steps and for integrators' routes: builds the request, interprets the answer and stores it.
 *
 * <p>Every call goes out through {@code fetch}.
 */
package dev.caravan.httpcall;
