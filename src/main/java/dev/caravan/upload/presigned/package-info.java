/**
 * Presigned uploads: a client announces a file and gets a URL to which it sends the bytes - S3's own, or a proxy of Caravan
 * for clients that cannot reach S3. When all bytes are there, the jobs start.
 */
package dev.caravan.upload.presigned;
