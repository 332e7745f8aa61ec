/**
 * What happens to jobs, told while it happens: events for clients of the API, and signals between the processes of one
 * Caravan, over Redis where there is one. Everything here may be late or missing: the records decide.
 *
 * <p>Knows {@code work} and what lies below it, and the front door. Called by the program alone; limits take their
 * connection to Redis from here.
 */
package dev.caravan.live;
