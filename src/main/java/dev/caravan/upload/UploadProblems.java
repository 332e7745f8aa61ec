package dev.caravan.upload;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.FetchTarget;
import dev.caravan.http.Problem;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import java.util.List;
import java.util.Set;

/** Writes the problem for each reason to refuse an upload. */
public final class UploadProblems {
    private static final int SOON = 5;
    private static final int LATER = 30;
    private static final int UNPROCESSABLE = 422;
    private static final int UNAVAILABLE = 503;
    private static final Set<String> FULL = Set.of("DISK_FULL");
    private static final Set<String> OVERLOADED = Set.of("FFMPEG_KILLED", "OUT_OF_MEMORY");

    private UploadProblems() {}

    public static ProblemException missing(String part) {
        return refusal(
                ProblemCode.MISSING_PART,
                "There is no file in the part '" + part + "'",
                "Send the file as the part '%s' of a multipart/form-data body: curl -F %s=@FILE."
                        .formatted(part, part));
    }

    static ProblemException missingSubtitles() {
        return refusal(
                ProblemCode.MISSING_PART,
                "There are no subtitles: neither a file in the part 'srt_file' nor a URL in 'srt_url'",
                "Send one of the two: curl -F srt_file=@FILE, or curl -F srt_url=https://...");
    }

    static ProblemException subtitlesTwice() {
        return refusal(
                ProblemCode.SUBTITLES_TWICE,
                "There are subtitles in the part 'srt_file' and a URL in 'srt_url'",
                "Send one of the two.");
    }

    /** Returns why subtitles cannot be fetched from their URL. Another attempt of Caravan would not help, or did not. */
    static ProblemException ofUrl(StepException thrown) {
        Failure failure = thrown.failure();
        boolean transientOne = failure.kind() == FailureKind.TRANSIENT;
        return switch (failure.code()) {
            case "URL_INVALID", "URL_REFUSED" ->
                refusal(ProblemCode.valueOf(failure.code()), failure.message(), failure.advice());
            case "URL_TOO_LARGE" -> subtitlesTooLarge();
            default ->
                new ProblemException(new Problem(
                        failure.code(),
                        transientOne ? UNAVAILABLE : UNPROCESSABLE,
                        "The subtitles cannot be fetched",
                        failure.message(),
                        transientOne ? "Send the request again when that server answers." : failure.advice(),
                        null,
                        null,
                        null,
                        null));
        };
    }

    static ProblemException subtitleTimeout(FetchTarget url, long seconds, String last) {
        return refusal(
                ProblemCode.SUBTITLE_TIMEOUT,
                "%s had no subtitles within %d seconds; last: %s".formatted(url, seconds, last),
                "Send the request again when the subtitles are there, or send them as srt_file;"
                        + " SUBTITLE_TIMEOUT raises the limit.");
    }

    static ProblemException leftAlone() {
        return refusal(
                ProblemCode.STORE_UNAVAILABLE,
                "The upload was ended before its subtitles were there",
                "Send the request again.");
    }

    static ProblemException repeated(String part) {
        return refusal(
                ProblemCode.REPEATED_PART,
                "The part '" + part + "' comes twice",
                "Send each part once; one request makes one video.");
    }

    static ProblemException option(ProblemCode code, String name, String value, String allowed) {
        String shown = value.length() > 40 ? value.substring(0, 40) + "..." : value;
        return refusal(
                code, "'%s' is no value for %s".formatted(shown, name), "Use " + allowed + ", or leave it away.");
    }

    public static ProblemException malformed(String why) {
        return refusal(
                ProblemCode.INVALID_BODY,
                "The body cannot be read as multipart/form-data: " + why,
                "Let an HTTP library write the body, and its Content-Type with the boundary.");
    }

    static ProblemException mediaType(UploadOperation operation) {
        return refusal(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "The Content-Type is not one that is taken here",
                operation.raw
                        ? "Send multipart/form-data, or the file itself as video/* or application/octet-stream."
                        : "Send multipart/form-data with the parts " + String.join(" and ", operation.files) + ".");
    }

    static ProblemException extension(List<String> allowed) {
        return refusal(
                ProblemCode.UNSUPPORTED_EXTENSION,
                "The name of the video does not end as one that is taken here",
                "Send a video whose name ends with one of " + String.join(", ", allowed)
                        + "; ALLOWED_EXTENSIONS changes the list.");
    }

    static ProblemException partType(String part, String type, String allowed) {
        return refusal(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "The part '%s' is declared as %s".formatted(part, type),
                "Declare it as " + allowed + ", or leave its Content-Type away.");
    }

    public static ProblemException tooLarge(long most) {
        return refusal(
                ProblemCode.UPLOAD_TOO_LARGE,
                "The upload is larger than " + most + " bytes",
                "Send a smaller file; MAX_UPLOAD_SIZE raises the limit.");
    }

    static ProblemException subtitlesTooLarge() {
        return refusal(
                ProblemCode.SUBTITLES_TOO_LARGE,
                "The subtitles are larger than " + UploadSettings.MAX_SUBTITLES + " bytes",
                "Send a plain SRT file: text and times only.");
    }

    public static ProblemException stalled(long seconds) {
        return refusal(
                ProblemCode.UPLOAD_STALLED,
                "No byte of the upload came for " + seconds + " seconds",
                "Send it again over a steadier connection.");
    }

    public static ProblemException tooManyJobs() {
        return new ProblemException(Problem.of(
                        ProblemCode.TOO_MANY_JOBS,
                        "Too many jobs wait for a worker",
                        "Try again later, or start more workers; caravan.queue.max-ready is the limit.")
                .retryAfter(LATER));
    }

    static ProblemException tooManyUploads() {
        return new ProblemException(Problem.of(
                        ProblemCode.TOO_MANY_UPLOADS,
                        "Too many uploads are being received",
                        "Try again in a few seconds; caravan.upload.concurrency is the limit.")
                .retryAfter(SOON));
    }

    public static ProblemException diskFull() {
        return refusal(
                ProblemCode.DISK_FULL,
                "There is not enough room on the disk for this upload",
                "Try again later, or free space under caravan.temp (TEMP_DIR).");
    }

    /** Returns the answer to a failed check or store: a fault of the file is 422 with the failure's own code. */
    public static ProblemException of(StepException thrown) {
        Failure failure = thrown.failure();
        if (FULL.contains(failure.code())) {
            return diskFull();
        } else if (failure.code().equals("SRT_TOO_LARGE")) {
            return refusal(ProblemCode.SUBTITLES_TOO_LARGE, failure.message(), failure.advice());
        } else if (failure.code().startsWith("SRT_")) {
            return refusal(ProblemCode.INVALID_SUBTITLES, failure.message(), failure.advice());
        } else if (failure.kind() == FailureKind.OURS || OVERLOADED.contains(failure.code())) {
            return new ProblemException(Problem.of(
                            ProblemCode.STORE_UNAVAILABLE,
                            "The upload could not be checked or stored right now",
                            "Try again in a few seconds; GET /api/health says what is wrong.")
                    .retryAfter(SOON));
        }
        return new ProblemException(new Problem(
                failure.code(),
                UNPROCESSABLE,
                "The file cannot be processed",
                failure.message(),
                failure.advice(),
                null,
                null,
                null,
                null));
    }

    private static ProblemException refusal(ProblemCode code, String detail, String advice) {
        return new ProblemException(code, detail, advice);
    }
}
