package dev.caravan.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Reads and writes durations as people write them: {@code 90s}, {@code 15m}, {@code 2h}, {@code 3d}. */
final class DurationText {
    private DurationText() {}

    /** Writes a duration in its two largest units. */
    static String of(Duration time) {
        if (time.toDays() > 0) {
            return "%dd %dh".formatted(time.toDays(), time.toHoursPart());
        } else if (time.toHours() > 0) {
            return "%dh %dm".formatted(time.toHours(), time.toMinutesPart());
        } else if (time.toMinutes() > 0) {
            return "%dm %ds".formatted(time.toMinutes(), time.toSecondsPart());
        }
        return time.toSeconds() + "s";
    }

    /** @throws ApiConnection.Refused when it is not a duration */
    static Duration parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
        } catch (DateTimeParseException e) {
            throw new ApiConnection.Refused("'%s' is no length of time. Write 90s, 15m, 2h or 3d.".formatted(text));
        }
    }
}
