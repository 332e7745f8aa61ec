package dev.caravan.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes and checks uploaded objects of Caravan's bucket, in one piece or in parts. Failures of S3 are thrown as the SDK
 * throws them: the caller still waits and is told.
 */
public final class BucketUploads {
    private static final int BUFFER = 1 << 16;
    private static final int BAD_REQUEST = 400;

    private final S3Client s3;
    private final String bucket;

    public BucketUploads(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * A part that S3 has.
     *
     * @param number from 1
     * @param size bytes; 0 if S3 was not asked
     */
    public record Part(int number, String etag, long size) {
        /** Returns the part as records have it. */
        public String text() {
            return number + ":" + etag;
        }

        public static List<Part> read(List<String> texts) {
            return texts.stream()
                    .map(text -> text.split(":", 2))
                    .map(both -> new Part(Integer.parseInt(both[0]), both[1], 0))
                    .toList();
        }
    }

    /** Thrown when the named parts are not those in S3, or the upload no longer exists. */
    public static final class PartsDiffer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PartsDiffer(Throwable cause) {
            super(cause);
        }
    }

    public String bucket() {
        return bucket;
    }

    /** Begins an object in parts; returns S3's id of the upload. */
    public String begin(String key, String contentType) {
        return s3.createMultipartUpload(
                        request -> request.bucket(bucket).key(key).contentType(contentType))
                .uploadId();
    }

    /** Writes the whole object, and overwrites an existing one. */
    public void put(String key, Path bytes, String contentType) {
        s3.putObject(request -> request.bucket(bucket).key(key).contentType(contentType), RequestBody.fromFile(bytes));
    }

    /** Writes one part, and overwrites an earlier one of this number. */
    public Part putPart(String key, String uploadId, int number, Path bytes, long size) {
        String etag = s3.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number),
                        RequestBody.fromFile(bytes))
                .eTag();
        return new Part(number, S3Files.unquoted(etag), size);
    }

    /** Returns the parts in S3, in their order; none if the upload no longer exists. */
    public List<Part> parts(String key, String uploadId) {
        List<Part> parts = new ArrayList<>();
        Integer after = null;
        do {
            Integer marker = after;
            ListPartsResponse page;
            try {
                page = s3.listParts(request ->
                        request.bucket(bucket).key(key).uploadId(uploadId).partNumberMarker(marker));
            } catch (NoSuchUploadException gone) {
                return List.of();
            }
            page.parts()
                    .forEach(
                            part -> parts.add(new Part(part.partNumber(), S3Files.unquoted(part.eTag()), part.size())));
            after = Boolean.TRUE.equals(page.isTruncated()) ? page.nextPartNumberMarker() : null;
        } while (after != null);
        return parts;
    }

    /**
     * Makes the object from its parts.
     *
     * @throws PartsDiffer when S3 does not have these parts
     */
    public void complete(String key, String uploadId, List<Part> parts) {
        List<CompletedPart> named = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag())
                        .build())
                .toList();
        try {
            s3.completeMultipartUpload(request ->
                    request.bucket(bucket).key(key).uploadId(uploadId).multipartUpload(whole -> whole.parts(named)));
        } catch (NoSuchUploadException e) {
            throw new PartsDiffer(e);
        } catch (S3Exception e) {
            if (e.statusCode() == BAD_REQUEST) {
                throw new PartsDiffer(e);
            }
            throw e;
        }
    }

    /** Removes the parts that were sent and have not become an object. */
    public void abort(String key, String uploadId) {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
        } catch (NoSuchUploadException over) {
            // It was completed or ended before.
            return;
        }
    }

    public void remove(String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
    }

    /** Returns the first bytes of the object, if it is still the version that {@code file} names. */
    public byte[] beginning(MediaFile file, int length) {
        return s3.getObjectAsBytes(request -> request.bucket(file.bucket())
                        .key(file.key())
                        .ifMatch("\"" + file.etag() + "\"")
                        .range("bytes=0-" + (length - 1)))
                .asByteArray();
    }

    /** Returns the SHA-256 of the object in hex digits: as S3 knows it, or by reading the whole object. */
    public String sha256(MediaFile file) {
        return known(file).orElseGet(() -> read(file));
    }

    /** Returns S3's hash. For an object in parts S3 has the hash of their hashes, with a dash in it. */
    private Optional<String> known(MediaFile file) {
        HeadObjectResponse head = s3.headObject(
                request -> request.bucket(file.bucket()).key(file.key()).checksumMode(ChecksumMode.ENABLED));
        return Optional.ofNullable(head.checksumSHA256())
                .filter(hash -> !hash.contains("-") && file.etag().equals(S3Files.unquoted(head.eTag())))
                .map(hash -> HexFormat.of().formatHex(Base64.getDecoder().decode(hash)));
    }

    private String read(MediaFile file) {
        try (InputStream in = s3.getObject(
                request -> request.bucket(file.bucket()).key(file.key()).ifMatch("\"" + file.etag() + "\""))) {
            return DigestUtils.sha256Hex(new BufferedInputStream(in, BUFFER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says whether the object has that size, and from {@code from} to its end these bytes. */
    public boolean endsWith(String key, long size, long from, Path bytes) throws IOException {
        try (ResponseInputStream<GetObjectResponse> end =
                        s3.getObject(request -> request.bucket(bucket).key(key).range("bytes=" + from + "-"));
                InputStream expected = new BufferedInputStream(java.nio.file.Files.newInputStream(bytes), BUFFER)) {
            if (end.response().contentLength() != size - from) {
                end.abort();
                return false;
            }
            InputStream found = new BufferedInputStream(end, BUFFER);
            for (int one = expected.read(); one >= 0; one = expected.read()) {
                if (one != found.read()) {
                    end.abort();
                    return false;
                }
            }
            return found.read() < 0;
        } catch (NoSuchKeyException notThere) {
            return false;
        }
    }

    /** Opens the object's bytes; the caller closes the stream. */
    public InputStream open(String key) {
        return s3.getObject(request -> request.bucket(bucket).key(key));
    }
}
