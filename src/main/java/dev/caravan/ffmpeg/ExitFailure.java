package dev.caravan.ffmpeg;

import static dev.caravan.failure.FailureKind.OURS;
import static dev.caravan.failure.FailureKind.PERMANENT;
import static dev.caravan.failure.FailureKind.TRANSIENT;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a non-zero exit means, by what FFmpeg wrote before it. The first sign that is found decides. */
record ExitFailure(Pattern sign, String code, FailureKind kind, String message, String advice) {
    private static final int KILLED = 128 + 9;
    private static final Pattern UNWRITTEN =
            Pattern.compile("Error writing trailer|Error closing file|av_interleaved_write_frame\\(\\)");
    private static final List<ExitFailure> KNOWN = List.of(
            sign(
                    "No space left on device|Disk quota exceeded",
                    "DISK_FULL",
                    OURS,
                    "The disk of the workspace is full",
                    "Free space on the worker, or give it a larger TEMP_DIR."),
            sign(
                    "Cannot allocate memory|Out of memory|memory exhausted|std::bad_alloc",
                    "OUT_OF_MEMORY",
                    TRANSIENT,
                    "FFmpeg ran out of memory",
                    "Give the worker more memory, or raise caravan.ffmpeg.memory."),
            sign(
                    "Unknown encoder|No such filter|Unknown decoder|error while loading shared libraries|bwrap: ",
                    "FFMPEG_UNUSABLE",
                    OURS,
                    "The FFmpeg of this worker lacks something that the step needs",
                    "Install a complete FFmpeg (Debian: apt-get install ffmpeg)."),
            sign(
                    "moov atom not found|error reading header|: End of file|Invalid data found when processing input|could not find codec parameters"
                            + "|Decoding requested, but no decoder found|matches no streams|Picture size .* is invalid"
                            + "|does not contain any stream|Cannot determine format of input stream"
                            + "|EBML header parsing failed|Error initializing output stream.*no packets",
                    "MEDIA_UNREADABLE",
                    PERMANENT,
                    "The file cannot be read as media: it is damaged, or no decoder knows its content",
                    "Check that the file plays, and upload it again."));

    /** What libvips says; in the mouth of FFmpeg the same words may mean something else. */
    private static final ExitFailure DAMAGED_PICTURE = sign(
            "is not a known file format|unable to (load|parse|read|open)|^heif: |bad seek to|out of order read"
                    + "|invalid header|(Vips(Jpeg|Foreign|Object)|tiff2vips|gifload|webp|pngload|spngload): ",
            "MEDIA_UNREADABLE",
            PERMANENT,
            "The picture cannot be read: it is damaged, or no loader knows its content",
            "Check that it opens elsewhere, and upload it again.");

    /** FFmpeg ends with exit code 0 when only the last bytes could not be written; the file is useless all the same. */
    static boolean hidesBehindSuccess(String stderrTail) {
        return UNWRITTEN.matcher(stderrTail).find();
    }

    /** @param program ffmpeg, ffprobe or vips */
    static StepException of(String program, int exit, String stderrTail) {
        Stream<ExitFailure> own = program.equals(Vips.PROGRAM) ? Stream.of(DAMAGED_PICTURE) : Stream.empty();
        ExitFailure known = Stream.concat(KNOWN.stream(), own)
                .filter(candidate -> candidate.sign.matcher(stderrTail).find())
                .findFirst()
                .orElseGet(() -> unknown(program, exit));
        return new StepException(new Failure(
                known.code,
                known.kind,
                null,
                Maker.of(program).named(known.message),
                Maker.of(program).named(known.advice),
                stderrTail));
    }

    private static ExitFailure unknown(String program, int exit) {
        return exit == KILLED
                ? new ExitFailure(
                        null,
                        Maker.of(program).code("KILLED"),
                        TRANSIENT,
                        program + " was killed from outside, most often for want of memory",
                        "Look into the system's log; give the worker more memory or fewer slots.")
                : new ExitFailure(
                        null,
                        Maker.of(program).code("FAILED"),
                        TRANSIENT,
                        program + " ended with exit code " + exit,
                        "See the last lines that it wrote.");
    }

    private static ExitFailure sign(String pattern, String code, FailureKind kind, String message, String advice) {
        return new ExitFailure(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), code, kind, message, advice);
    }
}
