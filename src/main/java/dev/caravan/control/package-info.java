/**
 * Control: decides on what clients and operators do to jobs, queues and assets: retry, redrive, cancel, change, pause,
 * purge, delete, repair. The package {@code job} writes the changes.
 */
package dev.caravan.control;
