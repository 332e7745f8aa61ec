/**
 * Uploads over HTTP: received to files before Camel sees the request (as a {@link dev.caravan.http.HttpFeature}), checked,
 * stored, and accepted as asset and job.
 */
package dev.caravan.upload;
