/**
 * Keeps rate limits over all workers: how many jobs of a pipeline may start, and how many calls a provider gets. Redis keeps
 * the count for all processes; without it each keeps its own.
 */
package dev.caravan.limit;
