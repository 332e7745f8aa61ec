package dev.caravan.stream;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes status and headers of an answer that is a file. */
final class ResponseHead {
    /** Lets a browser that opens a file as a page only play it in its own player. */
    private static final String POLICY =
            "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline';"
                    + " frame-ancestors 'none'";

    /** Lets a drawing be opened as a page of its own, which runs nothing and reaches nothing. */
    private static final String POLICY_OF_DRAWINGS = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

    /** A format with two digits for the day, which Java's own format for RFC 1123 lacks. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private ResponseHead() {}

    static HttpServerResponse whole(HttpServerResponse response, StreamFile streamFile) {
        return of(response, streamFile, ByteRange.WHOLE);
    }

    static HttpServerResponse of(HttpServerResponse response, StreamFile streamFile, ByteRange range) {
        long size = streamFile.file().size();
        long length = size;
        if (range instanceof ByteRange.Part part) {
            length = part.length();
            response.setStatusCode(206).putHeader(HttpHeaders.CONTENT_RANGE, part.of(size));
        }
        return validators(response, streamFile)
                .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
                .putHeader(HttpHeaders.CONTENT_TYPE, streamFile.contentType())
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length))
                .putHeader("Content-Disposition", ContentDisposition.inline(streamFile.name()))
                .putHeader("Content-Security-Policy", streamFile.drawing() ? POLICY_OF_DRAWINGS : POLICY)
                // Links are for other pages, which embed the files.
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
    }

    /** Writes the headers that 200, 206 and 304 have in common. */
    static HttpServerResponse validators(HttpServerResponse response, StreamFile streamFile) {
        streamFile.modified().ifPresent(time -> response.putHeader(HttpHeaders.LAST_MODIFIED, HTTP_DATE.format(time)));
        return response.putHeader(HttpHeaders.ETAG, streamFile.tag())
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }
}
