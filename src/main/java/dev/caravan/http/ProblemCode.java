package dev.caravan.http;

/** What can be wrong with a request or with us. The names are part of the API: programs branch on them. */
public enum ProblemCode {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    INVALID_LIMIT(400, "The limit is out of range"),
    INVALID_SKIP(400, "The number of entries to skip is out of range"),
    INVALID_STATUS(400, "There is no such status"),
    INVALID_CURSOR(400, "The cursor is not one of ours"),
    INVALID_QUERY(400, "The query cannot be understood"),
    INVALID_BODY(400, "The body cannot be understood"),
    FOREIGN_HOST(403, "This Caravan does not go by that host name"),
    FOREIGN_ORIGIN(403, "Other web sites may not use this Caravan"),
    UNKNOWN_PATH(404, "There is nothing at this path"),
    UNKNOWN_VIDEO(404, "There is no such video"),
    UNKNOWN_JOB(404, "There is no such job"),
    UNKNOWN_FILE(404, "The video has no such file"),
    METHOD_NOT_ALLOWED(405, "This path does not take that method"),
    NOT_ACCEPTABLE(406, "This cannot be answered in an accepted media type"),
    FILE_GONE(410, "The file is not there any more"),
    PRECONDITION_FAILED(412, "The file is not the one that was asked for"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not taken here"),
    RANGE_NOT_SATISFIABLE(416, "The file ends before the range begins"),
    INTERNAL_ERROR(500, "Something broke on our side"),
    STORE_UNAVAILABLE(503, "A store cannot be reached");

    final int status;
    final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }
}
