package dev.caravan.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/** Reads JSON bodies of requests by their operations' schemas; the bean {@code bodies} of the API's routes. */
public final class RequestBodies {
    /** Keeps the work linear in the size of a body, not quadratic: no long numbers, names or chains of brackets. */
    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNumberLength(100)
            .maxNameLength(1_000)
            .maxNestingDepth(64)
            .maxTokenCount(100_000)
            .build();

    private static final ObjectMapper STRICT = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(BOUNDS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, BodySchema> schemas = new TreeMap<>();

    /** Reads the schemas of all operations that take JSON. */
    RequestBodies(Contract contract) {
        BodySchemas.of(contract).forEach(schemas::put);
    }

    /**
     * Reads the body of the request.
     *
     * @return a missing node if the operation can do without a body and there is none
     * @throws ProblemException {@code INVALID_BODY} that names the place, the fault and the allowed values
     */
    public JsonNode read(Exchange exchange, String operationId) {
        BodySchema schema = schemas.get(operationId);
        if (schema == null) {
            throw new IllegalArgumentException(
                    "The operation %s takes no JSON; those that do are %s".formatted(operationId, schemas.keySet()));
        }
        JsonNode body = parse(exchange);
        if (!body.isMissingNode()) {
            schema.check(body);
        } else if (schema.required()) {
            throw invalid("There is no body", "Send JSON that looks like the example in /docs.");
        }
        return body;
    }

    /** Says why a body is not JSON at all. */
    static Optional<Problem> malformed(Exchange exchange) {
        try {
            parse(exchange);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    private static JsonNode parse(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        try {
            return STRICT.readTree(body == null ? new byte[0] : body);
        } catch (JsonProcessingException e) {
            throw invalid(
                    "The body is not JSON: " + where(e.getLocation())
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    "Send one JSON document in UTF-8 (RFC 8259) that gives each property once.");
        } catch (IOException e) {
            throw invalid("The body cannot be read as text", "Send one JSON document in UTF-8 (RFC 8259).");
        }
    }

    /** Limits of the parser, such as depth, have no place. */
    private static String where(JsonLocation location) {
        return location == null ? "" : "line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
    }

    static ProblemException invalid(String detail, String advice) {
        return new ProblemException(ProblemCode.INVALID_BODY, detail, advice);
    }
}
