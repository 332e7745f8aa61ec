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
record Question(HttpMethod method, Map<String, String> headers, byte[] body, Path file) {
    static Question get(Map<String, String> headers) {
        return new Question(HttpMethod.GET, headers, null, null);
    }

    static Question post(Map<String, String> headers, byte[] body) {
        return new Question(HttpMethod.POST, headers, body, null);
    }
}
