/**
 * What somebody does to jobs, queues and assets from outside: retry, redrive, cancel, change, pause, purge, delete, repair. It
 * decides; {@code job} writes.
 *
 * <p>Called by {@code api}; knows {@code intake}, {@code work} and {@code job}, and what lies below them.
 */
package dev.caravan.control;
