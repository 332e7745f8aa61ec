/** Acceptance: orders become an asset and its jobs, together or not at all, and only once. */
package dev.caravan.intake;
