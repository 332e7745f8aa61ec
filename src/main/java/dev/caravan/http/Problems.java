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

/** Turns whatever a route threw into an answer. What it says of our own faults is an id; the rest stands in the log. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    Problems() {}

    /** Called by {@code routes/api/errors.camel.yaml}, the one place where the API's errors end. */
    public void answer(Exchange exchange) {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, String.class);
        Answers.problem(exchange, of(thrown).at(path));
    }

    /** The answer to what was thrown; what is a fault of ours is logged. */
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

    /** Out of reach, overloaded or broken - not a request of ours that makes no sense. */
    private static boolean mayPass(SdkException store) {
        return !(store instanceof SdkServiceException answer)
                || answer.statusCode() >= 500
                || answer.isThrottlingException();
    }

    /**
     * 503, and an entry in the log.
     *
     * @param why for the log alone
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
