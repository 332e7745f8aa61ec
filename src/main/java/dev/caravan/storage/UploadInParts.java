package dev.caravan.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Writes one object in parts, since S3 accepts no more than 5 GB in one request, 10 000 parts, and only the last under 5
 * MiB (Amazon S3 User Guide, "Amazon S3 multipart upload limits"). No part of it is visible before all of it is there.
 */
final class UploadInParts {
    static final long MIN_PART = 5 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(UploadInParts.class);
    private static final long USUAL_PART = 64 << 20;
    private static final int MAX_PARTS = 10_000;

    private final S3Client s3;
    private final String bucket;
    private final String key;

    UploadInParts(S3Client s3, String bucket, String key) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key;
    }

    /** Returns the bytes of each part but the last. */
    static long partSize(long size) {
        return Math.max(USUAL_PART, (size + MAX_PARTS - 1) / MAX_PARTS);
    }

    /**
     * @return the object's eTag
     * @throws SdkException when S3 refuses or does not answer; the parts that were sent are removed
     */
    String send(Path source, long size, long partSize, String contentType) {
        String upload = s3.createMultipartUpload(
                        request -> request.bucket(bucket).key(key).contentType(contentType))
                .uploadId();
        try {
            List<CompletedPart> parts = parts(source, size, partSize, upload);
            return s3.completeMultipartUpload(request -> request.bucket(bucket)
                            .key(key)
                            .uploadId(upload)
                            .ifNoneMatch("*")
                            .multipartUpload(whole -> whole.parts(parts)))
                    .eTag();
        } catch (RuntimeException e) {
            abort(upload);
            throw e;
        }
    }

    private List<CompletedPart> parts(Path source, long size, long partSize, String upload) {
        List<CompletedPart> parts = new ArrayList<>();
        for (long from = 0; from < size; from += partSize) {
            int number = parts.size() + 1;
            RequestBody bytes = bytes(source, from, Math.min(partSize, size - from));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(s3.uploadPart(
                                    request -> request.bucket(bucket)
                                            .key(key)
                                            .uploadId(upload)
                                            .partNumber(number),
                                    bytes)
                            .eTag())
                    .build());
        }
        return parts;
    }

    static RequestBody bytes(Path source, long from, long length) {
        return RequestBody.fromContentProvider(
                () -> new BoundedInputStream(at(source, from), length), length, "application/octet-stream");
    }

    private static InputStream at(Path source, long from) {
        try {
            SeekableByteChannel channel = PlainFile.open(source);
            return Channels.newInputStream(channel.position(from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the upload. Its parts cost money until they are removed; the bucket's lifecycle rule removes what stays. */
    private void abort(String upload) {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            LOG.warn("could not remove the parts of s3://{}/{}: {}", bucket, key, e.getMessage());
        }
    }
}
