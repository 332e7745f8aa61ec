/**
 * Bytes: objects in S3 and their local copies. Written once, never overwritten; read only as the version that was promised.
 *
 * <p>May be called by every feature; knows only {@code failure} and {@code settings}.
 */
package dev.caravan.storage;
