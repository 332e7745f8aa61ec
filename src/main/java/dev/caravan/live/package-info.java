/**
 * Reports changes of jobs while they happen: events for clients of the API, and signals between the processes of one
 * Caravan, over Redis where there is one. Each may be late or missing: the records decide.
 */
package dev.caravan.live;
