/**
 * How webhooks are signed, by the Standard Webhooks specification: whether those that others send are from whom they say,
 * and the headers of our own.
 *
 * <p>A leaf. Called by the rooms that receive and send webhooks.
 */
package dev.caravan.webhook;
