/**
 * Files of videos over HTTP, in whole and in part: {@code /api/stream}, with a handler outside of the contract, since
 * Camel's answers support neither ranges nor back-pressure.
 */
package dev.caravan.stream;
