package dev.caravan.job;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Makes the sort key of waiting jobs: {@code {pipeline}#{owner}#{due_at}}. Jobs of one pipeline and owner are together, the
 * first that is due in front. Pipeline and owner are percent-encoded: {@code #} occurs only between the parts, and all is
 * ASCII, so that DynamoDB's order of bytes is that of Java's strings.
 */
final class QueueLane {
    /** Sort before and after all lanes. */
    static final String BEGINNING = "!";

    static final String END = "~";

    private static final char MARK = '#';
    /** The character after {@link #MARK}; no encoded text begins with a smaller one. */
    private static final char PAST = '$';
    /**
     * Bytes of one part: a sort key may have 1024, which must hold two parts and a time. An owner may be as long as a key in
     * S3.
     */
    private static final int MAX = 400;

    private QueueLane() {}

    static String of(String pipeline, String owner, String dueAt) {
        return encoded(pipeline) + MARK + encoded(owner) + MARK + dueAt;
    }

    /** The position before the first lane of the pipeline. */
    static String before(String encodedPipeline) {
        return encodedPipeline + MARK;
    }

    /** The position after the last lane of the pipeline. */
    static String past(String encodedPipeline) {
        return encodedPipeline + PAST;
    }

    /** The encoded pipeline of an entry. */
    static String pipeline(String entry) {
        return entry.substring(0, entry.indexOf(MARK));
    }

    /** The lane of an entry, which is also the position before its first one. */
    static String name(String entry) {
        return entry.substring(0, entry.lastIndexOf(MARK) + 1);
    }

    /** The position after the last entry of the lane that {@code entry} is in. */
    static String pastLane(String entry) {
        return entry.substring(0, entry.lastIndexOf(MARK)) + PAST;
    }

    static String encoded(String name) {
        String encoded = URLEncoder.encode(name == null ? "" : name, StandardCharsets.UTF_8);
        return encoded.length() <= MAX ? encoded : encoded.substring(0, MAX / 2) + "-" + hash(encoded);
    }

    private static String hash(String text) {
        return DigestUtils.sha256Hex(text);
    }
}
