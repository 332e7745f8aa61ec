package dev.caravan.httpcall;

import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what the status of an answer means (RFC 9110, 15). A step may override it, one line each: {@code 404: skipped}.
 *
 * @param own the step's own rules by status; empty for success
 */
record StatusRules(Map<Integer, Optional<FailureKind>> own) {
    private static final Set<Integer> COME_BACK = Set.of(408, 425, 429);
    private static final int SERVER_ERROR = 500;

    /** @throws StepException permanent {@code PARAMETER_INVALID} naming the line */
    static StatusRules parse(String lines) {
        Map<Integer, Optional<FailureKind>> own = new LinkedHashMap<>();
        for (String line :
                lines.lines().map(String::strip).filter(text -> !text.isEmpty()).toList()) {
            if (!line.matches("[1-5]\\d\\d *: *(ok|skipped|transient|permanent)")) {
                throw StepException.permanent(
                        "PARAMETER_INVALID",
                        "'%s' is no rule; it must be a status and ok, skipped, transient or permanent".formatted(line),
                        "Correct the parameter statuses of the step, such as 404: skipped.");
            }
            String word = line.substring(line.indexOf(':') + 1).strip();
            own.put(
                    Integer.valueOf(line.substring(0, 3)),
                    word.equals("ok")
                            ? Optional.empty()
                            : Optional.of(FailureKind.valueOf(word.toUpperCase(Locale.ROOT))));
        }
        return new StatusRules(own);
    }

    /** Returns the failure of a status; empty for success. */
    Optional<FailureKind> of(int status) {
        if (own.containsKey(status)) {
            return own.get(status);
        } else if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        return Optional.of(
                status >= SERVER_ERROR || COME_BACK.contains(status) ? FailureKind.TRANSIENT : FailureKind.PERMANENT);
    }
}
