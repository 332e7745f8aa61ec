/**
 * Signatures of webhooks by the Standard Webhooks specification: verifies those of received webhooks, and makes the headers
 * of Caravan's own.
 */
package dev.caravan.webhook;
