/**
 * Resumable uploads by tus 1.0 (<a href="https://tus.io/protocols/resumable-upload">the protocol</a>). Bytes go to S3 as
 * parts of a multipart upload. The offset is in the asset's record, so that any process can continue an upload.
 */
package dev.caravan.upload.tus;
