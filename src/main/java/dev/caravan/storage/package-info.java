/**
 * Objects in S3 and their local copies. An object is written once, never overwritten, and read only in the promised
 * version.
 */
package dev.caravan.storage;
