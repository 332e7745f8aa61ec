package dev.caravan.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
 * Objects of our bucket that come from outside, in one piece or in parts. What S3 does not do is thrown as the SDK throws
 * it: whoever asked is still there and is told.
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
     * @param size bytes; 0 where nobody asked S3
     */
    public record Part(int number, String etag, long size) {
        /** As records have it. */
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

    /** The parts that were named are not those that S3 has, or there is no such upload any more. */
    public static final class PartsDiffer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PartsDiffer(Throwable cause) {
            super(cause);
        }
    }

    public String bucket() {
        return bucket;
    }

    /** Begins an object in parts; returns S3's name for the upload. */
    public String begin(String key, String contentType) {
        return s3.createMultipartUpload(
                        request -> request.bucket(bucket).key(key).contentType(contentType))
                .uploadId();
    }

    /** Writes the whole object, over what lies there. */
    public void put(String key, Path bytes, String contentType) {
        s3.putObject(request -> request.bucket(bucket).key(key).contentType(contentType), RequestBody.fromFile(bytes));
    }

    /** Writes one part, over what was sent of it before. */
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

    /** The parts that S3 has, in their order; none where there is no such upload any more. */
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
     * Makes the object of its parts.
     *
     * @throws PartsDiffer when S3 does not have them so
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

    /** Removes what was sent in parts and not made an object. */
    public void abort(String key, String uploadId) {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
        } catch (NoSuchUploadException over) {
            // Completed, or ended before.
            return;
        }
    }

    public void remove(String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
    }

    /** The first bytes of the object, if it still is what {@code file} names. */
    public byte[] beginning(MediaFile file, int length) {
        return s3.getObjectAsBytes(request -> request.bucket(file.bucket())
                        .key(file.key())
                        .ifMatch("\"" + file.etag() + "\"")
                        .range("bytes=0-" + (length - 1)))
                .asByteArray();
    }

    /** SHA-256 of the object in hex digits: as S3 knows it, or by reading all of it. */
    public String sha256(MediaFile file) {
        return known(file).orElseGet(() -> read(file));
    }

    /** Of an object in parts S3 has the hash of their hashes, with a dash in it. */
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
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Whether the object has that size, and from there to its end these bytes. */
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

    /** Its bytes; to be closed. */
    public InputStream open(String key) {
        return s3.getObject(request -> request.bucket(bucket).key(key));
    }
}
