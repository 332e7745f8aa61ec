/** Stores records in DynamoDB: converts JSON to items and back, names tables and indexes, retries conflicts. */
package dev.caravan.records;
