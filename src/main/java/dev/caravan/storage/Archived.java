package dev.caravan.storage;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An archived object, which S3 cannot read until it is restored.
 *
 * @param storageClass as S3 names it
 * @param underWay whether its restoration has begun
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html">Restoring archived objects</a>
 */
public record Archived(MediaFile file, String storageClass, boolean underWay) {
    public static final String CODE = "ARCHIVED";

    private static final String INVALID_OBJECT_STATE = "InvalidObjectState";
    private static final String TIERING = "INTELLIGENT_TIERING";
    private static final Set<String> CLASSES = Set.of("GLACIER", "DEEP_ARCHIVE");
    private static final Pattern STORAGE_CLASS = Pattern.compile("<StorageClass>([A-Z_]+)</StorageClass>");

    /** Reads the answer to HEAD; empty for an object that can be read, such as one that was restored for a while. */
    static Optional<Archived> of(MediaFile file, HeadObjectResponse head) {
        String storageClass = head.storageClassAsString();
        boolean archived = storageClass != null && CLASSES.contains(storageClass)
                || TIERING.equals(storageClass) && head.archiveStatusAsString() != null;
        String restore = head.restore() == null ? "" : head.restore().toLowerCase(Locale.ROOT);
        return archived && !restore.contains("ongoing-request=\"false\"")
                ? Optional.of(new Archived(file, storageClass, restore.contains("ongoing-request=\"true\"")))
                : Optional.empty();
    }

    /** Says whether S3 refused to read the object because it is archived. */
    static boolean isWhy(S3Exception refused) {
        return refused.awsErrorDetails() != null
                && INVALID_OBJECT_STATE.equals(refused.awsErrorDetails().errorCode());
    }

    /** Reads the body of an answer 403; empty if it has another reason. */
    public static Optional<Archived> of(MediaFile file, String answer) {
        if (!answer.contains("<Code>" + INVALID_OBJECT_STATE + "</Code>")) {
            return Optional.empty();
        }
        Matcher storageClass = STORAGE_CLASS.matcher(answer);
        return Optional.of(new Archived(file, storageClass.find() ? storageClass.group(1) : "an archive", false));
    }

    public String message() {
        return "%s lies in the archive class %s and cannot be read%s"
                .formatted(file.uri(), storageClass, underWay ? "; it is being restored" : "");
    }

    public String advice() {
        return underWay
                ? "Wait until S3 has restored it, which takes minutes to hours by tier, and try again."
                : "Restore it, wait until S3 has done so, and try again: " + command();
    }

    /** Returns the command. Intelligent tiering makes no copy for a while: the object itself comes back. */
    private String command() {
        return "aws s3api restore-object --bucket %s --key %s --restore-request '%s'"
                .formatted(
                        file.bucket(),
                        "'" + file.key().replace("'", "'\\''") + "'",
                        storageClass.equals(TIERING)
                                ? "{}"
                                : "{\"Days\":7,\"GlacierJobParameters\":{\"Tier\":\"Standard\"}}");
    }
}
