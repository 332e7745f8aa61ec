package dev.caravan.http;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RestClientRequestValidator;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.processor.DefaultRestClientRequestValidator;

/** Camel's check of a request against its operation, with our answer instead of an empty one. */
final class ContractValidator implements RestClientRequestValidator {
    private final RestClientRequestValidator camels = new DefaultRestClientRequestValidator();

    @Override
    public ValidationError validate(Exchange exchange, ValidationContext operation) {
        ValidationError error =
                camels.validate(exchange, withRanges(operation, ExchangeHelper.getContentType(exchange)));
        if (error == null) {
            return null;
        }
        Problem problem = problem(error, operation, exchange)
                .at(exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class));
        Answers.problem(exchange, problem);
        return new ValidationError(problem.status(), new String(problem.json(), StandardCharsets.UTF_8));
    }

    /** Camel takes {@code video/*} for a media type of its own. */
    private static ValidationContext withRanges(ValidationContext operation, String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].trim();
        boolean inRange = operation.consumes() != null
                && Stream.of(operation.consumes().split(","))
                        .filter(range -> range.endsWith("/*"))
                        .anyMatch(range -> type.regionMatches(true, 0, range, 0, range.length() - 1));
        return !inRange
                ? operation
                : new ValidationContext(
                        type,
                        operation.produces(),
                        operation.requiredBody(),
                        operation.queryDefaultValues(),
                        operation.queryAllowedValues(),
                        operation.requiredQueryParameters(),
                        operation.requiredHeaders());
    }

    private static Problem problem(ValidationError error, ValidationContext operation, Exchange exchange) {
        return switch (error.statusCode()) {
            case 406 ->
                Problem.of(
                        ProblemCode.NOT_ACCEPTABLE,
                        "The answer cannot be given in any media type that the Accept header lists",
                        "Accept one of " + operation.produces() + ".");
            case 415 ->
                Problem.of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "The Content-Type is not one that is taken here",
                        "Send " + operation.consumes() + ".");
            default ->
                RequestBodies.malformed(exchange)
                        .orElseGet(() -> Problem.of(
                                ProblemCode.INVALID_BODY,
                                String.valueOf(error.body()),
                                "Compare the request with /docs."));
        };
    }
}
