/**
 * Durable steps: makes every Camel {@code step} of a pipeline a unit of retry, checkpoint and progress.
 *
 * <p>Sits between Camel and {@code job}: routes and Kamelets know nothing of it, and media steps only of
 * {@link dev.caravan.work.StepContext}.
 */
package dev.caravan.durable;
