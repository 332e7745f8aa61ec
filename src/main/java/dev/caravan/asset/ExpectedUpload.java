package dev.caravan.asset;

import java.util.List;

/**
 * What a client said of a file before sending it, and how it is to come.
 *
 * @param size bytes that it will have
 * @param contentType what the client takes it for
 * @param sha256 of its bytes, 64 hex digits; null where the client did not say
 * @param uploadId of S3's multipart upload; null where there is none
 * @param partSize bytes of each of its parts but the last
 * @param expiresAt until when it may come
 * @param notifyUrl where its owner wants to hear of it, with what may be secret in it: never shown and never logged; or null
 * @param alertId of the client's own record that it belongs to, or null
 * @param category as the client has it, or null
 * @param position among the files of that record, or null
 * @param jobs that were started when it had come; null before
 * @param offset bytes of it that are kept so far, where it comes by tus; else null
 * @param rest key of the object with those of them that make no whole part yet, or null
 * @param uploadMetadata as a tus client sent it, or null
 * @param writer number of the request by tus whose bytes count, from 0; null before the first
 * @param parts numbers and etags of S3's parts that count, where it comes by tus and has one; else null
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

    /** The same file, coming in parts. */
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

    /** The same file, there. */
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
