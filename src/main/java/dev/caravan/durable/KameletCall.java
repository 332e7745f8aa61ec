package dev.caravan.durable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A step's call of its Kamelet.
 *
 * @param parameters what the pipeline sets of it, by name
 * @param providers whose rate limits the Kamelet, or one that it calls, asks for leave
 * @param ffmpeg whether it runs FFmpeg's programs
 */
record KameletCall(String kamelet, Map<String, String> parameters, Set<String> providers, boolean ffmpeg) {

    static Map<String, String> parameters(String uri) {
        Map<String, String> parameters = new TreeMap<>();
        int query = uri.indexOf('?');
        if (query >= 0) {
            for (String pair : uri.substring(query + 1).split("&")) {
                int equals = pair.indexOf('=');
                String value = pair.substring(equals + 1);
                String plain = KameletParameters.decode(value);
                parameters.put(
                        pair.substring(0, Math.max(0, equals)),
                        plain.equals(value)
                                ? URLDecoder.decode(value, StandardCharsets.UTF_8)
                                        .replaceAll("^RAW\\((.*)\\)$", "$1")
                                : plain);
            }
        }
        return parameters;
    }
}
