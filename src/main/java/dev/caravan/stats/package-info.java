/**
 * How much there is and how fast it goes, told from counters: no answer counts records.
 *
 * <p>Called by {@code api}; knows {@code work} and {@code job}, whose counters and records it reads. Writes only what it
 * gathers of jobs that ended.
 */
package dev.caravan.stats;
