/**
 * Tells the routes of integrators what became of assets and jobs: {@code direct:on-asset-ready}, {@code
 * direct:on-asset-failed}, {@code direct:on-dead-letter}. An event is written in the transaction of its change, and called
 * until its route has taken it.
 *
 * <p>Knows {@code job}, {@code asset} and the records. Called by the wiring alone.
 */
package dev.caravan.hook;
