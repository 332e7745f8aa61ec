package dev.caravan.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.RestClientRequestValidator;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.http.RestUtil;
import org.apache.camel.support.processor.DefaultRestClientRequestValidator;

/** Lets Camel check a request against its operation, and answers with a problem where Camel's answer would be empty. */
final class ContractValidator implements RestClientRequestValidator {
    /** Replaces a body: Camel's parser takes minutes for one long number, and reads before the signature is checked. */
    private static final String SOME_JSON = "{}";

    private final RestClientRequestValidator camels = new DefaultRestClientRequestValidator();
    private final Contract contract;

    ContractValidator(Contract contract) {
        this.contract = contract;
    }

    @Override
    public ValidationError validate(Exchange exchange, ValidationContext operation) {
        ValidationError error = json(exchange) ? withoutBody(exchange, operation) : camels(exchange, operation);
        Optional<Problem> problem = error == null
                ? json(exchange) && !signed(exchange) ? RequestBodies.malformed(exchange) : Optional.empty()
                : Optional.of(problem(error, operation));
        return problem.map(found -> refused(exchange, found)).orElse(null);
    }

    private static ValidationError refused(Exchange exchange, Problem found) {
        Problem problem = found.at(exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class));
        Answers.problem(exchange, problem);
        return new ValidationError(problem.status(), new String(problem.json(), StandardCharsets.UTF_8));
    }

    private ValidationError withoutBody(Exchange exchange, ValidationContext operation) {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        message.setBody(body == null || body.length == 0 ? null : SOME_JSON);
        try {
            return camels(exchange, operation);
        } finally {
            message.setBody(body);
        }
    }

    private ValidationError camels(Exchange exchange, ValidationContext operation) {
        return camels.validate(exchange, withRanges(operation, ExchangeHelper.getContentType(exchange)));
    }

    /** Says whether Camel takes the body for JSON: a body without a type, too. */
    private static boolean json(Exchange exchange) {
        return RestUtil.isValidOrAcceptedContentType("application/json", ExchangeHelper.getContentType(exchange));
    }

    /** Says whether the operation is signed. Its route checks the signature, and reads the body after that. */
    private boolean signed(Exchange exchange) {
        Message message = exchange.getMessage();
        return contract.signed(
                message.getHeader(Exchange.HTTP_PATH, "", String.class),
                message.getHeader(Exchange.HTTP_METHOD, "", String.class));
    }

    /** Narrows a matching range to the request's type: Camel takes {@code video/*} for a media type of its own. */
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

    private static Problem problem(ValidationError error, ValidationContext operation) {
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
                Problem.of(ProblemCode.INVALID_BODY, String.valueOf(error.body()), "Compare the request with /docs.");
        };
    }
}
