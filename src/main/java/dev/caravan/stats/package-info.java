/**
 * Reports the number of jobs and the throughput, from counters: no request counts records.
 *
 * <p>It writes only what it collects of ended jobs.
 */
package dev.caravan.stats;
