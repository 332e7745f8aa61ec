/**
 * The embedded cloud: real servers for S3, DynamoDB, SQS and Redis, on 127.0.0.1, on one data folder.
 *
 * <p>Only the launcher's local profile and the tests reach it; the rest of the program sees endpoints in its properties,
 * as it would with AWS. Production carries neither this package's dependencies nor a reference to it.
 */
package dev.caravan.local;
