/**
 * Presigned uploads: a client announces a file and gets a URL to which it sends the bytes - S3's own, or a proxy of ours for
 * clients that cannot reach S3. When all bytes are there, the jobs start.
 *
 * <p>Routes and {@code upload.tus} call it. It uses {@code upload} to read bodies, and {@code intake} to accept jobs.
 */
package dev.caravan.upload.presigned;
