package dev.caravan.ffmpeg;

import static dev.caravan.failure.FailureKind.OURS;
import static dev.caravan.failure.FailureKind.PERMANENT;
import static dev.caravan.failure.FailureKind.TRANSIENT;

import dev.caravan.failure.FailureKind;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists the messages by which FFmpeg and libvips say why they ended. The first that matches decides. They are those of
 * FFmpeg 5.1 to 7 (fftools, libavfilter, libavcodec, libavutil/opt.c) and of libvips 8.14.
 */
final class ExitSigns {
    /** Needed by the shipped steps: without one of these FFmpeg is incomplete, and the command is right. */
    private static final String SHIPPED =
            "(libx26[45]|aac|mjpeg|pcm_s16le|zscale|tonemap|subtitles|ass|ebur128|loudnorm|bwdif|gblur)'";

    /** The sign of a file beyond the limit of {@link Confinement}: EFBIG of write(2). */
    static final ExitSign TOO_LARGE = sign(
            "File too large",
            "OUTPUT_TOO_LARGE",
            PERMANENT,
            "FFmpeg wrote a file of more than 64 GiB, and was ended",
            "Ask for a lower quality or a smaller size, or upload the media in parts.");

    private static final List<ExitSign> COMMON = List.of(
            TOO_LARGE,
            sign(
                    "No space left on device|Disk quota exceeded",
                    "DISK_FULL",
                    OURS,
                    "The disk of the workspace is full",
                    "Free space on the worker, or give it a larger TEMP_DIR."),
            sign(
                    "exceeds max_streams parameter",
                    "MEDIA_UNREADABLE",
                    PERMANENT,
                    "The file has more tracks than FFmpeg opens (1000)",
                    "Keep the tracks that are needed, and upload the file again."),
            sign(
                    "Cannot allocate memory|Out of memory|memory exhausted|std::bad_alloc",
                    "OUT_OF_MEMORY",
                    TRANSIENT,
                    "FFmpeg ran out of memory",
                    "Give the worker more memory, or raise caravan.ffmpeg.memory."),
            sign(
                    "(Unknown encoder|No such filter:?) '" + SHIPPED + "|error while loading shared libraries|bwrap: ",
                    "FFMPEG_UNUSABLE",
                    OURS,
                    "The FFmpeg of this worker lacks something that the step needs",
                    "Install a complete FFmpeg (Debian: apt-get install ffmpeg)."),
            sign(
                    "received signal \\d+",
                    "FFMPEG_KILLED",
                    TRANSIENT,
                    "FFmpeg was ended from outside",
                    "Look into the system's log for what ended it."));

    private static final List<ExitSign> FFMPEG = List.of(
            sign(
                    "Unrecognized option|Option not found|Option '[^']*' not found|No such filter|Unknown (en|de)coder '"
                            + "|Unknown input format|Unknown (pixel|sample) format|Unknown bitstream filter"
                            + "|Unable to parse option value|Error setting option|Error applying option|invalid preset"
                            + "|Invalid (duration specification|framerate value|frame size|chars '|stream specifier)"
                            + "|is not a suitable output format|Unable to (find|choose) a[n ]* ?(suitable )?output format"
                            + "|At least one output file must|Mismatched '\\['|Missing argument for option"
                            + "|Unable to parse graph|has an unconnected output|too many inputs specified for"
                            + "|Undefined constant or missing|No option name near|Failed to set value '",
                    "COMMAND_INVALID",
                    PERMANENT,
                    "FFmpeg does not accept the command of the step",
                    "Correct the arguments in the step's Kamelet, or the job's parameters, and retry the job."),
            sign(
                    "Decoder \\(codec [^)]*\\) not found|Decoding requested, but no decoder found",
                    "CODEC_UNSUPPORTED",
                    PERMANENT,
                    "This FFmpeg has no decoder for a track that the step needs",
                    "Convert the file to a common codec, such as H.264 and AAC, and upload it again."),
            sign(
                    "Rematrix is needed between",
                    "CHANNELS_UNKNOWN",
                    PERMANENT,
                    "The sound does not say where its channels belong, and FFmpeg cannot mix them",
                    "Save the sound as mono or stereo, or with a channel layout, and upload it again."),
            sign(
                    "Input contains \\(near\\) NaN",
                    "SOUND_INVALID",
                    PERMANENT,
                    "The sound holds samples that are no numbers (NaN or infinite)",
                    "Export the sound again, as 16 or 24 bit samples, and upload it again."),
            sign(
                    "DRM protected stream|activation_bytes|not correctly encrypted|decryption key",
                    "MEDIA_ENCRYPTED",
                    PERMANENT,
                    "The file is encrypted (DRM), and Caravan has no key",
                    "Upload a copy without encryption."),
            sign(
                    "moov atom not found|error reading header|: End of file|Invalid data found when processing input|could not find codec parameters"
                            + "|matches no streams|Picture size .* is invalid"
                            + "|does not contain any stream|Cannot determine format of input stream"
                            + "|EBML header parsing failed|Error initializing output stream.*no packets",
                    "MEDIA_UNREADABLE",
                    PERMANENT,
                    "The file cannot be read as media: it is damaged, or no decoder knows its content",
                    "Check that the file plays, and upload it again."),
            sign(
                    "Invalid too big or non positive size|Failed to configure (input|output) pad"
                            + "|incorrect codec parameters|maybe incorrect parameters such as"
                            + "|Could not find tag for codec|not currently supported in container",
                    "COMMAND_INVALID",
                    PERMANENT,
                    "The command of the step does not fit this file",
                    "Correct the arguments in the step's Kamelet, or the job's parameters, and retry the job."));

    /** The signs of libvips; in FFmpeg the same messages may mean something else. */
    private static final List<ExitSign> VIPS = List.of(
            sign(
                    "Unknown option --|unknown action \"|no property named|has no member '|is not an integer"
                            + "|VipsForeignSave: .* is not a known file format|unable to open for write",
                    "COMMAND_INVALID",
                    PERMANENT,
                    "FFmpeg does not accept the command of the step",
                    "Correct the arguments in the step's Kamelet, or the job's parameters, and retry the job."),
            sign(
                    "is not a known file format|unable to (load|parse|read|open)|^heif: |bad seek to|out of order read"
                            + "|moov atom not found|Invalid data found|error reading header"
                            + "|invalid header|(Vips(Jpeg|Foreign|Object)|tiff2vips|gifload|webp|pngload|spngload): ",
                    "MEDIA_UNREADABLE",
                    PERMANENT,
                    "The picture cannot be read: it is damaged, or no loader knows its content",
                    "Check that it opens elsewhere, and upload it again."));

    /** With one of these, the same failure twice says nothing about the input. */
    private static final Pattern OF_THE_MACHINE =
            Pattern.compile("Input/output error|Stale file handle|Resource temporarily unavailable|Too many open files"
                    + "|Permission denied|Read-only file system|No such file or directory|Device or resource busy");

    /**
     * @param sign matches what the program wrote
     * @param message about FFmpeg; for another program its name replaces FFmpeg's
     */
    record ExitSign(Pattern sign, String code, FailureKind kind, String message, String advice) {}

    private ExitSigns() {}

    static Stream<ExitSign> of(String program) {
        return Stream.concat(COMMON.stream(), (program.equals(Vips.PROGRAM) ? VIPS : FFMPEG).stream());
    }

    static boolean ofTheMachine(String stderrTail) {
        return OF_THE_MACHINE.matcher(stderrTail).find();
    }

    private static ExitSign sign(String pattern, String code, FailureKind kind, String message, String advice) {
        return new ExitSign(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), code, kind, message, advice);
    }
}
