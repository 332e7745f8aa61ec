package dev.caravan.storage;

import dev.caravan.failure.FullDisk;
import dev.caravan.failure.StepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads and writes objects in S3, in one bucket or many. */
public final class S3Files implements dev.caravan.storage.Files {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    /** Bytes that are written in one request; S3 accepts no more than 5 GB. */
    private static final long MAX_PUT = 4L << 30;

    private final S3Client s3;
    private final String bucket;
    private final long largestPut;
    private final LongUnaryOperator partSize;

    /** @param bucket for new objects */
    public S3Files(S3Client s3, String bucket) {
        this(s3, bucket, MAX_PUT, UploadInParts::partSize);
    }

    /**
     * @param largestPut bytes; a larger object is written in parts
     * @param partSize bytes of a part by the bytes of the object
     */
    S3Files(S3Client s3, String bucket, long largestPut, LongUnaryOperator partSize) {
        this.s3 = s3;
        this.bucket = bucket;
        this.largestPut = largestPut;
        this.partSize = partSize;
    }

    @Override
    public Path fetch(MediaFile file, Path folder) {
        Path local = local(file, folder);
        if (PlainFile.exists(local)) {
            return local;
        }
        // Written under another name first, so that a file under its own name is complete.
        Path partial = folder.resolve(local.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            s3.getObject(
                    request -> request.bucket(file.bucket()).key(file.key()).ifMatch(quoted(file.etag())), partial);
            return Files.move(partial, local, StandardCopyOption.ATOMIC_MOVE);
        } catch (S3Exception e) {
            throw refused(file, e);
        } catch (SdkException | UncheckedIOException e) {
            throw unavailable("read " + file.uri(), e);
        } catch (IOException e) {
            throw unavailable("keep a local copy of " + file.uri(), e);
        } finally {
            discard(partial);
        }
    }

    @Override
    public Optional<MediaFile> find(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return head(bucket, key)
                .map(head -> new MediaFile(
                        bucket, key, unquoted(head.eTag()), head.contentLength(), head.contentType(), name));
    }

    @Override
    public void offer(MediaFile file, Path folder, Path bytes) {
        try {
            Files.createLink(local(file, folder), bytes);
        } catch (IOException e) {
            throw unavailable("keep a local copy of " + file.uri(), e);
        }
    }

    private static Path local(MediaFile file, Path folder) {
        return folder.resolve("source-" + Integer.toHexString((file.uri() + file.etag()).hashCode()));
    }

    @Override
    public MediaFile store(Path source, String key, String contentType, String filename) {
        long size = size(source);
        try {
            String etag = size > largestPut
                    ? new UploadInParts(s3, bucket, key).send(source, size, partSize.applyAsLong(size), contentType)
                    : put(source, size, key, contentType);
            return new MediaFile(bucket, key, unquoted(etag), size, contentType, filename);
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
                return alreadyStored(size, key, contentType, filename);
            }
            throw unavailable("write s3://" + bucket + "/" + key, e);
        } catch (SdkException e) {
            throw unavailable("write s3://" + bucket + "/" + key, e);
        }
    }

    private String put(Path source, long size, String key, String contentType) {
        return s3.putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .contentType(contentType)
                                .ifNoneMatch("*"),
                        UploadInParts.bytes(source, 0, size))
                .eTag();
    }

    private static long size(Path source) {
        try {
            return PlainFile.size(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first answer was lost and the SDK asked again: a key with this run's fence can only hold what this run wrote. */
    private MediaFile alreadyStored(long size, String key, String contentType, String filename) {
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(bucket).key(key));
        if (head.contentLength() != size) {
            throw StepException.transientFailure(
                    "OUTPUT_EXISTS",
                    "s3://%s/%s exists already with %d bytes, and outputs are never overwritten"
                            .formatted(bucket, key, head.contentLength()),
                    "The next attempt writes under a name of its own.");
        }
        return new MediaFile(bucket, key, unquoted(head.eTag()), head.contentLength(), contentType, filename);
    }

    @Override
    public boolean exists(MediaFile file) {
        return head(file.bucket(), file.key())
                .filter(head -> file.etag().equals(unquoted(head.eTag())))
                .isPresent();
    }

    @Override
    public Optional<Archived> archived(MediaFile file) {
        return head(file.bucket(), file.key()).flatMap(head -> Archived.of(file, head));
    }

    private Optional<HeadObjectResponse> head(String bucket, String key) {
        try {
            return Optional.of(s3.headObject(request -> request.bucket(bucket).key(key)));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw unavailable("look at s3://" + bucket + "/" + key, e);
        } catch (SdkException e) {
            throw unavailable("look at s3://" + bucket + "/" + key, e);
        }
    }

    @Override
    public void remove(MediaFile file) {
        try {
            if (exists(file)) {
                s3.deleteObject(request -> request.bucket(file.bucket()).key(file.key()));
            }
        } catch (SdkException e) {
            throw unavailable("remove " + file.uri(), e);
        }
    }

    @Override
    public void removeAll(String prefix, Predicate<String> which) {
        try {
            s3
                    .listObjectsV2Paginator(
                            request -> request.bucket(bucket).prefix(prefix).encodingType(EncodingType.URL))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .filter(which)
                    .forEach(key ->
                            s3.deleteObject(request -> request.bucket(bucket).key(key)));
        } catch (SdkException e) {
            throw unavailable("remove s3://" + bucket + "/" + prefix + "*", e);
        }
    }

    private StepException refused(MediaFile file, S3Exception e) {
        if (Archived.isWhy(e)) {
            Archived why = archived(file).orElse(new Archived(file, "an archive", false));
            return StepException.permanent(Archived.CODE, why.message(), why.advice());
        }
        if (e.statusCode() == PRECONDITION_FAILED) {
            return StepException.permanent(
                    "SOURCE_CHANGED",
                    file.uri() + " was overwritten after this job was accepted",
                    "Nothing: the new bytes have a job of their own.");
        }
        if (e.statusCode() == NOT_FOUND) {
            return StepException.permanent(
                    "SOURCE_GONE",
                    file.uri() + " is not there any more",
                    "Upload the file again; the new upload starts a job of its own.");
        }
        return unavailable("read " + file.uri(), e);
    }

    private static StepException unavailable(String what, Exception cause) {
        if (FullDisk.behind(cause)) {
            return StepException.ours(
                    "DISK_FULL",
                    "The disk is full: could not " + what,
                    "Free space; the job goes on by itself.",
                    cause);
        }
        return StepException.ours(
                "STORE_UNAVAILABLE",
                "Could not %s: %s".formatted(what, cause.getMessage()),
                "Check that S3 can be reached; the job goes on by itself.",
                cause);
    }

    private static void discard(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            // The workspace is removed as a whole when the job ends.
            return;
        }
    }

    private static String quoted(String etag) {
        return "\"" + etag + "\"";
    }

    static String unquoted(String etag) {
        return etag == null ? null : etag.replace("\"", "");
    }
}
