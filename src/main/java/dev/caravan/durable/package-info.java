/**
 * Durable steps: makes every Camel {@code step} of a pipeline a unit of retry, checkpoint and progress.
 */
package dev.caravan.durable;
