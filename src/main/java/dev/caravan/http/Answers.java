package dev.caravan.http;

import dev.caravan.records.Json;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The last step of every route of the API. Camel would send all headers back that came in or were set on the way; only the
 * status goes through here.
 */
public final class Answers {
    static final String JSON = "application/json";

    Answers() {}

    /** Answers with the body as JSON, 200 or the status that the route has set. */
    public void json(Exchange exchange) {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
        send(message, status, JSON, Json.text(message.getBody()).getBytes(StandardCharsets.UTF_8));
    }

    static void problem(Exchange exchange, Problem problem) {
        send(exchange.getMessage(), problem.status(), Problem.MEDIA_TYPE, problem.json());
    }

    private static void send(Message message, int status, String type, byte[] body) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setBody(body);
    }
}
