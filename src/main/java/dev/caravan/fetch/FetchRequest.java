package dev.caravan.fetch;

import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.Map;

/**
 * A request without its URL.
 *
 * @param body null for none
 * @param file sent instead of a body; null for none
 */
record FetchRequest(HttpMethod method, Map<String, String> headers, byte[] body, Path file) {
    static FetchRequest get(Map<String, String> headers) {
        return new FetchRequest(HttpMethod.GET, headers, null, null);
    }

    static FetchRequest post(Map<String, String> headers, byte[] body) {
        return new FetchRequest(HttpMethod.POST, headers, body, null);
    }
}
