package dev.caravan.http;

/** What can be wrong with a request or with us. The names are part of the API: programs branch on them. */
public enum ProblemCode {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    INVALID_LIMIT(400, "The limit is out of range"),
    INVALID_SKIP(400, "The number of entries to skip is out of range"),
    INVALID_STATUS(400, "There is no such status"),
    INVALID_CURSOR(400, "The cursor is not one of ours"),
    INVALID_QUERY(400, "The query cannot be understood"),
    INVALID_SEARCH(400, "This cannot be searched for"),
    INVALID_TIME(400, "This is not a time"),
    INVALID_BODY(400, "The body cannot be understood"),
    INVALID_RUN_AT(400, "A job cannot start then"),
    INVALID_WAIT(400, "The time to wait is out of range"),
    INVALID_PARAMETERS(400, "A parameter of the job cannot be used"),
    URL_INVALID(400, "This is no URL"),
    INVALID_IDEMPOTENCY_KEY(400, "The Idempotency-Key cannot be used"),
    INVALID_CONFIRMATION(400, "The confirmation is not of this request"),
    UNKNOWN_PIPELINE(400, "There is no such pipeline"),
    UNKNOWN_STEP(400, "The pipeline has no such step"),
    MISSING_PART(400, "A part of the form is missing"),
    REPEATED_PART(400, "A part of the form comes twice"),
    SUBTITLES_TWICE(400, "The subtitles come twice"),
    INVALID_RESOLUTION(400, "There is no such resolution"),
    INVALID_CRF(400, "The quality is out of range"),
    INVALID_ALLOW_UPSCALE(400, "This is neither true nor false"),
    INVALID_STYLE(400, "The subtitles cannot look like that"),
    INVALID_LOUDNESS(400, "There is no such loudness"),
    INVALID_SUBTITLES(400, "The subtitles cannot be used"),
    FOREIGN_HOST(403, "This Caravan does not go by that host name"),
    FOREIGN_ORIGIN(403, "Other web sites may not use this Caravan"),
    UNKNOWN_PATH(404, "There is nothing at this path"),
    UNKNOWN_VIDEO(404, "There is no such video"),
    UNKNOWN_JOB(404, "There is no such job"),
    UNKNOWN_WORKER(404, "There is no such worker"),
    UNKNOWN_DEAD_LETTER(404, "There is no such dead letter"),
    UNKNOWN_REDRIVE(404, "There is no such redrive"),
    UNKNOWN_PLAN(404, "There is no such pipeline"),
    UNKNOWN_ASSET(404, "There is no such asset"),
    UNKNOWN_FILE(404, "The video has no such file"),
    METHOD_NOT_ALLOWED(405, "This path does not take that method"),
    NOT_ACCEPTABLE(406, "This cannot be answered in an accepted media type"),
    UPLOAD_STALLED(408, "The upload came to a halt"),
    STALE_REVISION(409, "The video was changed meanwhile"),
    IMPOSSIBLE_TRANSITION(409, "The status cannot change so"),
    VIDEO_BUSY(409, "A job is at work on the video"),
    FILE_SIZE_DIFFERS(409, "The file has another size"),
    NOTHING_TO_START_FROM(409, "No earlier job got that far"),
    JOB_WAITING(409, "The job is in line already"),
    JOB_RUNNING(409, "The job is running"),
    JOB_STARTED(409, "The job has begun"),
    JOB_ENDED(409, "The job has ended"),
    JOB_NOT_RETRYABLE(409, "There is nothing to do again"),
    ASSET_DELETED(409, "The asset was deleted"),
    JOB_CANCELLED(409, "The job was cancelled"),
    FILE_GONE(410, "The file is not there any more"),
    PRECONDITION_FAILED(412, "The file is not the one that was asked for"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UPLOAD_TOO_LARGE(413, "The upload is too large"),
    SUBTITLES_TOO_LARGE(413, "The subtitles are too large"),
    UNSUPPORTED_EXTENSION(415, "Files with this ending are not taken here"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not taken here"),
    RANGE_NOT_SATISFIABLE(416, "The file ends before the range begins"),
    URL_REFUSED(422, "This URL is not fetched"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key stands for another request"),
    TOO_MANY_JOBS(429, "Too many jobs are waiting"),
    INTERNAL_ERROR(500, "Something broke on our side"),
    STORE_UNAVAILABLE(503, "A store cannot be reached"),
    TOO_MANY_UPLOADS(503, "Too many uploads at once"),
    TOO_MANY_CLIENTS(503, "Too many clients at once"),
    SUBTITLE_TIMEOUT(504, "The subtitles did not come in time"),
    DISK_FULL(507, "There is no room for this");

    final int status;
    final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }
}
