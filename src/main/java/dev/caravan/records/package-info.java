/**
 * How records lie in DynamoDB: JSON values to items and back, table and index names, transactions that survive conflicts.
 *
 * <p>A leaf next to {@code failure} and {@code settings}; {@code asset} and {@code job} build on it.
 */
package dev.caravan.records;
