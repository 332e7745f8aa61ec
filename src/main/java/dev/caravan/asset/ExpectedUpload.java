package dev.caravan.asset;

import java.util.List;

/**
 * The client's declaration of an announced upload, and the state of the upload.
 *
 * @param size in bytes
 * @param contentType that the client declares
 * @param sha256 of its bytes, 64 hex digits; null where the client did not say
 * @param uploadId of S3's multipart upload; null where there is none
 * @param partSize bytes of each of its parts but the last
 * @param expiresAt the deadline of the upload
 * @param notifyUrl the URL of the client's webhook, which may contain secrets: never shown and never logged; or null
 * @param alertId of the client's own record that it belongs to, or null
 * @param category of the client, or null
 * @param position among the files of that record, or null
 * @param jobs that were started when it had arrived; null before
 * @param offset bytes that are stored so far, for an upload by tus; else null
 * @param rest key of the object with those stored bytes that do not fill a part yet, or null
 * @param uploadMetadata as a tus client sent it, or null
 * @param writer number of the tus request whose bytes count, from 0; null before the first
 * @param parts numbers and etags of the valid S3 parts, for an upload by tus that has one; else null
 */
public record ExpectedUpload(
        long size,
        String contentType,
        String sha256,
        String uploadId,
        Long partSize,
        String expiresAt,
        String notifyUrl,
        String alertId,
        String category,
        Integer position,
        List<String> jobs,
        Long offset,
        String rest,
        String uploadMetadata,
        Integer writer,
        List<String> parts) {

    /** Returns the upload as an upload in parts. */
    public ExpectedUpload inParts(String newUploadId, long newPartSize) {
        return new ExpectedUpload(
                size,
                contentType,
                sha256,
                newUploadId,
                newPartSize,
                expiresAt,
                notifyUrl,
                alertId,
                category,
                position,
                jobs,
                offset,
                rest,
                uploadMetadata,
                writer,
                parts);
    }

    /** Returns the upload as arrived. */
    public ExpectedUpload arrived(List<String> newJobs) {
        return new ExpectedUpload(
                size,
                contentType,
                sha256,
                uploadId,
                partSize,
                expiresAt,
                notifyUrl,
                alertId,
                category,
                position,
                newJobs,
                offset,
                null,
                uploadMetadata,
                null,
                null);
    }
}
