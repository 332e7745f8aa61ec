/**
 * Notifies the client that announced a file of the result: a job waits for the asset's end and calls the
 * {@code notify_url}.
 *
 * <p>Every call goes out through {@code fetch}.
 */
package dev.caravan.notify;
