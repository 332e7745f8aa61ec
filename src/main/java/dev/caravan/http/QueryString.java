package dev.caravan.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * The query of a request, apart from the rest: Camel puts queries, form fields and HTTP headers into one map, where a
 * header could pass for a parameter.
 */
public final class QueryString {
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private QueryString() {}

    public static QueryString of(Exchange exchange) {
        return parse(exchange.getMessage().getHeader(Exchange.HTTP_RAW_QUERY, String.class));
    }

    /** @throws ProblemException {@code INVALID_QUERY} when it is not URL-encoded or names a parameter twice */
    public static QueryString parse(String raw) {
        QueryString query = new QueryString();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            if (!part.isEmpty()) {
                query.add(part.split("=", 2));
            }
        }
        return query;
    }

    private void add(String[] pair) {
        String name = decode(pair[0]);
        if (parameters.put(name, pair.length == 2 ? decode(pair[1]) : "") != null) {
            throw invalid("The parameter %s is given more than once".formatted(name));
        }
    }

    /** Returns the parameter; empty when it is absent or has no value. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** Returns the given names, in their order. */
    Set<String> names() {
        return parameters.keySet();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("The query is not URL-encoded");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(
                ProblemCode.INVALID_QUERY, detail, "Give each parameter once, with its value URL-encoded.");
    }
}
