package dev.caravan.fetch;

import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a URL is asked, apart from where it leads.
 *
 * @param body null for none
 * @param file that is sent in its place; null for none
 */
record FetchRequest(HttpMethod method, Map<String, String> headers, byte[] body, Path file) {
    static FetchRequest get(Map<String, String> headers) {
        return new FetchRequest(HttpMethod.GET, headers, null, null);
    }

    static FetchRequest post(Map<String, String> headers, byte[] body) {
        return new FetchRequest(HttpMethod.POST, headers, body, null);
    }
}
