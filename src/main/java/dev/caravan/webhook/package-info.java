/**
 * Webhooks that others send: whether they are from whom they say, by the Standard Webhooks specification.
 *
 * <p>A leaf. Called by the rooms that receive webhooks.
 */
package dev.caravan.webhook;
