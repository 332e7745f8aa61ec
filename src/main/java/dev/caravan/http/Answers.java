package dev.caravan.http;

import dev.caravan.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Writes the answer of every route of the API, as its last step. Camel would send back all headers that came in or were set
 * in between; only the status and the headers given to {@link #header} are sent.
 */
public final class Answers {
    static final String JSON = "application/json";
    private static final String HEADERS = "answer.headers";

    Answers() {}

    /** Answers with the body as JSON, with 200 or the status that the route has set. */
    public void json(Exchange exchange) {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
        byte[] body = Json.text(message.getBody()).getBytes(StandardCharsets.UTF_8);
        Map<String, Object> headers = headers(exchange);
        headers.put(Exchange.CONTENT_TYPE, JSON);
        send(message, status, headers, body);
    }

    /** Answers 200 with the body as text, with the Content-Type that the route has set. */
    public void text(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<String, Object> headers = headers(exchange);
        headers.put(Exchange.CONTENT_TYPE, message.getHeader(Exchange.CONTENT_TYPE));
        send(message, 200, headers, message.getBody(String.class).getBytes(StandardCharsets.UTF_8));
    }

    /** Answers 204, with no body. */
    public void none(Exchange exchange) {
        send(exchange.getMessage(), 204, headers(exchange), null);
    }

    /** Adds a header to the answer of this exchange. */
    public static void header(Exchange exchange, String name, Object value) {
        Map<String, Object> headers = headers(exchange);
        headers.put(name, value);
        exchange.setProperty(HEADERS, headers);
    }

    static void problem(Exchange exchange, Problem problem) {
        Map<String, Object> headers = headers(exchange);
        headers.put(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.retryAfter() != null) {
            headers.put("Retry-After", problem.retryAfter());
        }
        send(exchange.getMessage(), problem.status(), headers, problem.json());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> headers(Exchange exchange) {
        Map<String, Object> headers = exchange.getProperty(HEADERS, Map.class);
        return headers == null ? new LinkedHashMap<>() : headers;
    }

    private static void send(Message message, int status, Map<String, Object> headers, byte[] body) {
        message.removeHeaders("*");
        headers.forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setBody(body);
    }
}
