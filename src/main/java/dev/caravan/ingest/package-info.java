/**
 * Turns objects in the bucket into assets and starts their jobs: from S3 events in all their formats, and from the listing
 * that makes up for lost events.
 */
package dev.caravan.ingest;
