/**
 * Assets: what a user uploaded, with its status, its file of the moment and its derivatives.
 *
 * <p>Knows {@code storage} and {@code records}; jobs know assets, never the other way round.
 */
package dev.caravan.asset;
