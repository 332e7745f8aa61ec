package dev.caravan.upload.tus;

import dev.caravan.failure.StepException;
import dev.caravan.http.EarlyAnswer;
import dev.caravan.http.HttpFeature;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.VertxAnswers;
import dev.caravan.upload.PartHeader;
import dev.caravan.upload.UploadProblems;
import dev.caravan.upload.presigned.BodyStream;
import dev.caravan.upload.presigned.StreamingUploadExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** Handles {@code /api/v1/uploads/tus}: the requests and answers of the protocol; section numbers are those of tus 1.0.0. */
final class TusHandler implements HttpFeature {
    static final String PATH = "/api/v1/uploads/tus";

    private static final String VERSION = "1.0.0";
    private static final String RESUMABLE = "Tus-Resumable";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final String BYTES = "application/offset+octet-stream";
    private static final String EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration";
    private static final Set<String> OF_ALL = Set.of("POST");
    private static final Set<String> OF_ONE = Set.of("HEAD", "PATCH", "DELETE");

    private final StreamingUploadExecutor streamingUploadExecutor;
    private final TusUploads uploads;

    TusHandler(StreamingUploadExecutor streamingUploadExecutor, TusUploads uploads) {
        this.streamingUploadExecutor = streamingUploadExecutor;
        this.uploads = uploads;
    }

    @Override
    public void install(Router router) {
        router.route(PATH).order(BEFORE_CONTRACT).handler(routing -> handle(routing, OF_ALL));
        router.route(PATH + "/:upload").order(BEFORE_CONTRACT).handler(routing -> handle(routing, OF_ONE));
    }

    private void handle(RoutingContext routing, Set<String> methods) {
        HttpServerRequest request = routing.request();
        String method = VertxAnswers.withoutBody(routing) ? "HEAD" : method(request);
        HttpServerResponse response = routing.response().putHeader(RESUMABLE, VERSION);
        if (method.equals("OPTIONS")) {
            response.putHeader("Tus-Version", VERSION)
                    .putHeader("Tus-Max-Size", String.valueOf(uploads.settings().maxSize()))
                    .putHeader("Tus-Extension", EXTENSIONS)
                    .putHeader("Tus-Checksum-Algorithm", UploadChecksum.ALGORITHMS);
            VertxAnswers.options(routing, methods);
        } else if (!methods.contains(method)) {
            VertxAnswers.wrongMethod(routing, methods);
        } else if (!VERSION.equals(request.getHeader(RESUMABLE))) {
            response.putHeader("Tus-Version", VERSION);
            EarlyAnswer.problem(routing, otherVersion().problem());
        } else {
            switch (method) {
                case "POST" -> create(routing);
                case "PATCH" -> append(routing);
                case "DELETE" -> end(routing);
                default -> look(routing);
            }
        }
    }

    /** Section "X-HTTP-Method-Override": for environments that support neither PATCH nor DELETE. */
    private static String method(HttpServerRequest request) {
        String other = request.getHeader("X-HTTP-Method-Override");
        return (other == null ? request.method().name() : other).toUpperCase(Locale.ROOT);
    }

    private void create(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String metadata = request.getHeader("Upload-Metadata");
        boolean withBytes = BYTES.equals(PartHeader.mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE)));
        streamingUploadExecutor.take(routing, body -> {
            TusUploads.Standing created = uploads.create(length(request), UploadMetadata.parse(metadata));
            TusUploads.Standing now =
                    withBytes ? uploads.append(created.id(), 0, coming(request), checksum(request), body) : created;
            return answer -> {
                HttpServerResponse response =
                        expires(answer.response(), now).putHeader(HttpHeaders.LOCATION, PATH + "/" + created.id());
                if (withBytes) {
                    response.putHeader(OFFSET, String.valueOf(now.offset()));
                }
                response.setStatusCode(201).end();
            };
        });
    }

    private void append(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String id = routing.pathParam("upload");
        streamingUploadExecutor.take(routing, body -> {
            TusUploads.Standing now = appended(request, id, body);
            return answer -> expires(answer.response(), now)
                    .putHeader(OFFSET, String.valueOf(now.offset()))
                    .setStatusCode(204)
                    .end();
        });
    }

    private TusUploads.Standing appended(HttpServerRequest request, String id, BodyStream body) throws IOException {
        if (!BYTES.equals(PartHeader.mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE)))) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The Content-Type is not that of bytes of an upload",
                    "Send the bytes as " + BYTES + ".");
        }
        return uploads.append(id, number(request, OFFSET), coming(request), checksum(request), body);
    }

    private void look(RoutingContext routing) {
        String id = routing.pathParam("upload");
        streamingUploadExecutor.ask(routing, () -> {
            TusUploads.Standing now = uploads.look(id);
            return answer -> {
                HttpServerResponse response = expires(answer.response(), now)
                        .putHeader(OFFSET, String.valueOf(now.offset()))
                        .putHeader(LENGTH, String.valueOf(now.length()));
                if (now.metadata() != null) {
                    response.putHeader("Upload-Metadata", now.metadata());
                }
                response.setStatusCode(200).end();
            };
        });
    }

    private void end(RoutingContext routing) {
        String id = routing.pathParam("upload");
        streamingUploadExecutor.ask(routing, () -> {
            uploads.end(id);
            return answer -> answer.response().setStatusCode(204).end();
        });
    }

    private static HttpServerResponse expires(HttpServerResponse response, TusUploads.Standing upload) {
        return response.putHeader(
                "Upload-Expires",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(upload.expires().atOffset(ZoneOffset.UTC)));
    }

    private static UploadChecksum checksum(HttpServerRequest request) {
        String header = request.getHeader("Upload-Checksum");
        return header == null ? null : UploadChecksum.parse(header);
    }

    private static long length(HttpServerRequest request) {
        long length = number(request, LENGTH);
        if (length == 0) {
            throw UploadProblems.of(StepException.permanent(
                    "EMPTY_FILE", "Upload-Length is 0, and an empty file is no media", "Send a file that has bytes."));
        }
        return length;
    }

    /** Returns the bytes that the request announces; 0 if it announces none. */
    private static long coming(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip());
    }

    private static long number(HttpServerRequest request, String header) {
        String value = request.getHeader(header);
        if (value == null || !value.strip().matches("[0-9]{1,18}")) {
            throw malformed(header, value == null ? "missing" : "no number of bytes");
        }
        return Long.parseLong(value.strip());
    }

    private static ProblemException malformed(String header, String what) {
        return new ProblemException(
                ProblemCode.MALFORMED_REQUEST,
                "%s is %s".formatted(header, what),
                "Send %s as tus 1.0.0 has it; Upload-Defer-Length is not known here.".formatted(header));
    }

    private static ProblemException otherVersion() {
        return new ProblemException(
                ProblemCode.UNSUPPORTED_TUS_VERSION,
                "Tus-Resumable is not " + VERSION,
                "Send Tus-Resumable: " + VERSION + " with every request.");
    }
}
