package dev.caravan.fetch;

import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * What a URL is asked, apart from where it leads.
 *
 * @param body null for none
 */
record Question(HttpMethod method, Map<String, String> headers, byte[] body) {
    static Question get(Map<String, String> headers) {
        return new Question(HttpMethod.GET, headers, null);
    }

    static Question post(Map<String, String> headers, byte[] body) {
        return new Question(HttpMethod.POST, headers, body);
    }
}
