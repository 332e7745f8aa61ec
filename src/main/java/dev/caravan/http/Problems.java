package dev.caravan.http;

import dev.caravan.failure.FailureKind;
import dev.caravan.failure.Refusal;
import dev.caravan.failure.StepException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Turns an exception of a route into an answer. For a fault of Caravan the answer has only an id; the rest is in the log.
 */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    Problems() {}

    /** Answers with the problem. {@code routes/api/errors.camel.yaml} calls it, the one place where the API's errors end. */
    public void answer(Exchange exchange) {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class);
        Answers.problem(exchange, of(thrown).at(path));
    }

    /** Returns the answer to an exception; Caravan's own faults are logged. */
    public static Problem of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) {
                return known.problem();
            } else if (cause instanceof Refusal refusal) {
                return Problem.of(ProblemCode.valueOf(refusal.code()), refusal.getMessage(), refusal.advice());
            } else if (cause instanceof SdkException store && mayPass(store)) {
                return storeUnavailable(store.getMessage());
            } else if (cause instanceof StepException step && step.failure().kind() == FailureKind.OURS) {
                return storeUnavailable(step.getMessage());
            }
        }
        return internal(thrown);
    }

    /** Says whether the store is out of reach, overloaded or broken - and not that Caravan's request to it is wrong. */
    private static boolean mayPass(SdkException store) {
        return !(store instanceof SdkServiceException answer)
                || answer.statusCode() >= 500
                || answer.isThrottlingException();
    }

    /**
     * Returns 503, and writes an entry to the log.
     *
     * @param why for the log only
     */
    public static Problem storeUnavailable(String why) {
        String id = errorId();
        LOG.warn("error {}: a store did not answer: {}", id, why);
        return Problem.of(
                        ProblemCode.STORE_UNAVAILABLE,
                        "A store that holds the answer cannot be reached right now",
                        "Try again in a few seconds; GET /api/health says which store it is.")
                .logged(id);
    }

    private static Problem internal(Throwable thrown) {
        String id = errorId();
        LOG.error("error {}", id, thrown);
        return Problem.of(
                        ProblemCode.INTERNAL_ERROR,
                        "The request could not be answered because of a fault of ours",
                        "Look for error " + id + " in the log of this Caravan.")
                .logged(id);
    }

    private static String errorId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}
