package dev.caravan.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that a caller wants to wait, from the header {@code Prefer}.
 *
 * @param respondAsync true for an answer before the work is done
 * @param waiting the time that the caller named, or empty
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>
 */
public record Preferences(boolean respondAsync, Optional<Duration> waiting) {
    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,6})\"?");

    /** Reads the header. Unknown preferences are ignored, as RFC 7240 requires. */
    public static Preferences of(String header) {
        boolean async = false;
        Optional<Duration> waiting = Optional.empty();
        for (String one : String.valueOf(header).toLowerCase(Locale.ROOT).split("[,;]")) {
            String preference = one.strip();
            Matcher seconds = WAIT.matcher(preference);
            async |= preference.equals("respond-async");
            if (waiting.isEmpty() && seconds.matches()) {
                waiting = Optional.of(Duration.ofSeconds(Long.parseLong(seconds.group(1))));
            }
        }
        return new Preferences(async, waiting);
    }

    /**
     * Returns how long to wait for a result.
     *
     * @param most the longest wait that is granted
     * @param unasked the wait of a caller that prefers nothing
     */
    public Duration within(Duration most, Duration unasked) {
        Duration wanted = waiting.orElse(respondAsync ? Duration.ZERO : unasked);
        return wanted.compareTo(most) < 0 ? wanted : most;
    }

    /**
     * Returns the preferences that were followed, for {@code Preference-Applied}; empty when the caller asked for nothing.
     */
    public Optional<String> applied(Duration most) {
        if (waiting.isPresent()) {
            return Optional.of("wait=" + within(most, most).toSeconds());
        }
        return respondAsync ? Optional.of("respond-async") : Optional.empty();
    }
}
