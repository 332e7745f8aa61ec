/** The connection to Redis: it may fail and come back, and nothing that must be true depends on it. */
package dev.caravan.redis;
