/**
 * Resumable uploads by tus 1.0 (<a href="https://tus.io/protocols/resumable-upload">the protocol</a>): bytes go to S3 as parts
 * of a multipart upload, the offset stands in the asset's record, so that any process can go on with what another one began.
 *
 * <p>An announced upload in another dress: {@code announce} knows how bodies are read and how uploads end.
 */
package dev.caravan.tus;
