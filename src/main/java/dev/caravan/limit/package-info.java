/**
 * Limits of rate, across workers: how many jobs of a pipeline may start, and how many calls a provider gets.
 *
 * <p>Knows {@code work}, {@code job} and the connection to Redis in {@code live}. Redis keeps the count for all processes;
 * without it each keeps its own.
 */
package dev.caravan.limit;
