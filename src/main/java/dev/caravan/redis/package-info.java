/** Connects to Redis, which may fail and come back: no correctness depends on it. */
package dev.caravan.redis;
