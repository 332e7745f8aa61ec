/**
 * Resumable uploads by tus 1.0 (<a href="https://tus.io/protocols/resumable-upload">the protocol</a>). Bytes go to S3 as parts
 * of a multipart upload. The offset is in the asset's record, so that any process can continue an upload.
 *
 * <p>It is built on {@code upload.presigned}, which reads bodies and completes uploads.
 */
package dev.caravan.upload.tus;
