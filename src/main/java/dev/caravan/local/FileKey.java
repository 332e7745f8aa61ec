package dev.caravan.local;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Checks whether S3Proxy can store an object of a key as a file.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">What S3 takes as a key</a>
 */
record FileKey(String key) {
    private static final int MAX_KEY = 1024;
    private static final int BAD_REQUEST = 400;

    /** Limits a file name: 255 bytes, less the hyphen and UUID that S3Proxy adds while it writes. */
    private static final int MAX_NAME = 255 - 37;

    /** The longest prefix and suffix that S3Proxy adds to the key during a multipart upload. */
    private static final String PART_BEFORE = ".mpus-00000000-0000-0000-0000-000000000000-";

    private static final String PART_AFTER = "-10000";

    /**
     * Checks whether a file can have this name.
     *
     * @throws S3Exception 400, with S3's own code where S3 would refuse the key as well
     */
    void check() {
        if (bytes(key) > MAX_KEY) {
            throw tooLong("Your key is too long: it has more than 1024 bytes");
        } else if (!exact()) {
            throw S3Exceptions.invalidArgument(
                    "The local S3 keeps objects as files, and cannot keep one whose key has an"
                            + " empty part, a part '.' or '..', or a NUL. S3 itself can.");
        } else if (longest(key) > MAX_NAME) {
            throw tooLong("Your key is too long for the local S3, which keeps objects as files: between two slashes it"
                    + " takes 218 bytes. S3 itself takes 1024 bytes in all");
        }
    }

    /** Checks the name for an object of a multipart upload. */
    void checkInParts() {
        check();
        if (longest(PART_BEFORE + key + PART_AFTER) > MAX_NAME) {
            throw tooLong("Your key is too long for an upload in parts to the local S3, which keeps parts as files");
        }
    }

    /** Tells whether the file system distinguishes this key from all others; to it, {@code a//b} is {@code a/b}. */
    boolean exact() {
        return key.equals("/")
                || key.indexOf('\0') < 0
                        && parts(key).stream()
                                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    /** Tells whether an object of this name can exist. */
    boolean possible() {
        return bytes(key) <= MAX_KEY && exact() && longest(key) <= MAX_NAME;
    }

    private static List<String> parts(String key) {
        String name = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
        return Arrays.asList(name.split("/", -1));
    }

    private static int longest(String key) {
        return parts(key).stream().mapToInt(FileKey::bytes).max().orElse(0);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static S3Exception tooLong(String message) {
        return (S3Exception) S3Exception.builder()
                .statusCode(BAD_REQUEST)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("KeyTooLongError")
                        .errorMessage(message)
                        .build())
                .build();
    }
}
