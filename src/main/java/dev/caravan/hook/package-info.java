/**
 * Reports the end of assets and jobs to the routes of integrators: {@code direct:on-asset-ready},
 * {@code direct:on-asset-failed}, {@code direct:on-dead-letter}. An event is written in the transaction of its change, and
 * delivered until its route has taken it.
 */
package dev.caravan.hook;
