package dev.caravan.fetch;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** Makes the failures of a fetch, with text and stable codes. */
final class FetchFailures {
    private static final Set<Integer> COME_BACK = Set.of(202, 408, 425, 429);
    private static final int PARTIAL = 206;
    private static final int CLIENT_ERROR = 400;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int SERVER_ERROR = 500;
    private static final Duration MAX_WAIT = Duration.ofHours(1);

    private FetchFailures() {}

    /** Returns the failure for an answer that holds no file. */
    static StepException of(FetchTarget target, FetchResponse fetchResponse, Clock clock) {
        int status = fetchResponse.status();
        String said = "%s answered %d".formatted(target, status);
        if (status >= SERVER_ERROR || COME_BACK.contains(status)) {
            return new StepException(
                    new Failure(
                            "URL_BUSY",
                            FailureKind.TRANSIENT,
                            null,
                            said,
                            "It is asked again by itself; if that does not help, ask who runs that server.",
                            null),
                    retryAfter(fetchResponse.header("Retry-After"), clock),
                    null);
        } else if (status == NOT_FOUND || status == GONE) {
            return StepException.permanent(
                    "URL_GONE", said, "Check the URL; many are good for a short time only: use a new one.");
        }
        if (status < CLIENT_ERROR) {
            return withoutFile(
                    said + (status == PARTIAL ? ", a part of the file, though all of it was asked for" : ""));
        }
        return StepException.permanent(
                "URL_DENIED", said, "Use a URL that answers a plain GET with the file, without signing in.");
    }

    static StepException withoutFile(String why) {
        return StepException.permanent(
                "URL_WITHOUT_FILE", why, "Use a URL that answers a plain GET with 200 and the whole file.");
    }

    /** Returns the failure for a missing connection, or no answer on it. */
    static StepException unreachable(FetchTarget target, String why, Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof CertificateException) {
                return StepException.permanent(
                        "URL_UNTRUSTED",
                        "%s has no certificate that can be trusted for its host: %s".formatted(target, at.getMessage()),
                        "Ask who runs that server for a valid certificate, or use another URL.");
            }
        }
        return transientFailure("URL_UNREACHABLE", target + " cannot be reached: " + why, cause);
    }

    static StepException broken(FetchTarget target, long bytes, ConnectionBroken why) {
        return transientFailure(
                "URL_BROKEN", "%s stopped after %d bytes: %s".formatted(target, bytes, why.getMessage()), why);
    }

    static StepException tooSlow(FetchTarget target, Duration limit) {
        return StepException.permanent(
                "URL_TOO_SLOW",
                "%s was not read within %d s".formatted(target, limit.toSeconds()),
                "Raise caravan.import.timeout, or use a faster server.");
    }

    static StepException tooLarge(FetchTarget target, long limit) {
        return StepException.permanent(
                "URL_TOO_LARGE",
                "%s has more than %d bytes".formatted(target, limit),
                "Import a smaller file, or raise caravan.import.max-size.");
    }

    static StepException redirects(FetchTarget target, String why) {
        return StepException.permanent(
                "URL_REDIRECTS", "%s %s".formatted(target, why), "Use the URL at which the file is in the end.");
    }

    /** Returns the same failure for the target of a redirect of {@code from}: the client never saw that URL. */
    static StepException behind(FetchTarget from, StepException failed) {
        Failure failure = failed.failure();
        return new StepException(
                new Failure(
                        failure.code(),
                        failure.kind(),
                        failure.step(),
                        "%s redirects. %s".formatted(from, failure.message()),
                        failure.advice(),
                        failure.stderrTail()),
                failed.retryAfter().orElse(null),
                failed.getCause());
    }

    private static StepException transientFailure(String code, String message, Throwable cause) {
        String advice = "It is tried again by itself; if that does not help, check the URL and the network.";
        return new StepException(new Failure(code, FailureKind.TRANSIENT, null, message, advice, null), null, cause);
    }

    /** Reads seconds or a date (RFC 9110, 10.2.3). Null for a value that cannot be read; an hour at most. */
    static Duration retryAfter(String header, Clock clock) {
        if (header == null) {
            return null;
        }
        Duration wait = wait(header.strip(), clock);
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
    }

    private static Duration wait(String header, Clock clock) {
        if (header.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        try {
            return Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
