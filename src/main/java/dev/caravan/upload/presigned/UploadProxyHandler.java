package dev.caravan.upload.presigned;

import dev.caravan.http.HttpFeature;
import dev.caravan.http.VertxAnswers;
import dev.caravan.json.Json;
import dev.caravan.upload.PartHeader;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Handles {@code PUT /api/v1/uploads/{mediaId}}: takes bytes of an announced file from clients that cannot reach S3. */
final class UploadProxyHandler implements HttpFeature {
    private static final Set<String> METHODS = Set.of("PUT");
    private static final List<String> PATHS = List.of("/api/v1/uploads/:mediaId", "/api/uploads/presigned/:mediaId");

    private final StreamingUploadExecutor streamingUploadExecutor;
    private final UploadProxy proxy;

    UploadProxyHandler(StreamingUploadExecutor streamingUploadExecutor, UploadProxy proxy) {
        this.streamingUploadExecutor = streamingUploadExecutor;
        this.proxy = proxy;
    }

    @Override
    public void install(Router router) {
        PATHS.forEach(path -> router.route(path).order(BEFORE_CONTRACT).handler(this::handle));
    }

    private void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (request.method().equals(HttpMethod.OPTIONS)) {
            VertxAnswers.options(routing, METHODS);
        } else if (!request.method().equals(HttpMethod.PUT)) {
            VertxAnswers.wrongMethod(routing, METHODS);
        } else {
            String mediaId = routing.pathParam("mediaId");
            String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
            String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            streamingUploadExecutor.take(routing, body -> {
                boolean form = "multipart/form-data".equals(PartHeader.mediaType(type));
                InputStream file = form ? new FormFile(body, type) : body;
                long size = proxy.store(mediaId, file, form || length == null ? -1 : Long.parseLong(length.trim()));
                return answer -> send(answer, mediaId, size);
            });
        }
    }

    private static void send(RoutingContext routing, String mediaId, long size) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("mediaId", mediaId);
        answer.put("size", size);
        routing.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.text(answer));
    }
}
