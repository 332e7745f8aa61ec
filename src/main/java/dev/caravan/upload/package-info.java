/**
 * Uploads over HTTP: received to files before Camel sees the request, checked, stored, and accepted as asset and job.
 *
 * <p>It stands in front of the API's routes as a {@link dev.caravan.http.Door}; nothing but the program's wiring and the
 * routes call it.
 */
package dev.caravan.upload;
