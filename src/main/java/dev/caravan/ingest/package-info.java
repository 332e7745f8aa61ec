/**
 * Ways in: what becomes an asset, and which jobs it starts. S3 events in all their wrappings, and the listing that makes up
 * for lost ones.
 */
package dev.caravan.ingest;
