/**
 * Runs the embedded cloud: real servers for S3, DynamoDB, SQS and Redis, on 127.0.0.1, on one data folder.
 *
 * <p>The rest of the program sees only endpoints in its properties, as it would with AWS. The production build has neither
 * this package's dependencies nor a reference to it.
 */
package dev.caravan.local;
