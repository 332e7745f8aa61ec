package dev.caravan.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.util.TimeUtils;

/** Reads the {@code caravan.*} properties as typed values. The refusal of a missing or malformed one names it. */
public final class Settings {
    private final Function<String, Optional<String>> lookup;

    /** @param lookup the resolved value of a property, empty when it is not set */
    public Settings(Function<String, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    public Optional<String> find(String key) {
        return lookup.apply(key).map(String::trim).filter(value -> !value.isEmpty());
    }

    public String text(String key) {
        return find(key).orElseThrow(() -> new InvalidSetting(key, null, "it is not set"));
    }

    public int number(String key) {
        return parse(key, "a whole number such as 8", Integer::valueOf);
    }

    public double decimal(String key) {
        return parse(key, "a number such as 0.25", Double::valueOf);
    }

    public long bytes(String key) {
        return parse(key, "a number of bytes", Long::valueOf);
    }

    /** Reads {@code true} or {@code false}; anything else is refused. */
    public boolean flag(String key) {
        return parse(key, "true or false", value -> {
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException(value);
            }
            return value.equals("true");
        });
    }

    /** Reads a duration such as {@code 30s}, {@code 5m} or {@code 1h30m}; a bare number is seconds, fractions allowed. */
    public Duration duration(String key) {
        return parse(key, "a duration such as 30s or 5m", Settings::toDuration);
    }

    /** Reads a list, separated by commas or written as a JSON array of strings. */
    public List<String> list(String key) {
        return find(key).stream()
                .flatMap(value ->
                        Arrays.stream(value.replaceAll("[\\[\\]\"]", "").split(",")))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Reads a URL, without slashes at its end. Its text is left out of the refusal, because it may hold a password. */
    public Optional<URI> url(String key) {
        return find(key).map(text -> {
            try {
                return new URI(text.replaceAll("/+$", ""));
            } catch (URISyntaxException e) {
                throw new InvalidSetting(
                        key,
                        null,
                        "it is no URL such as http://127.0.0.1:9000. Percent-encode names and passwords in it");
            }
        });
    }

    public Path path(String key) {
        return Path.of(text(key)).toAbsolutePath().normalize();
    }

    /**
     * Parses a duration in the format of settings.
     *
     * @throws RuntimeException when it is not a duration
     */
    public static Duration toDuration(String value) {
        if (value.matches("[0-9]*\\.?[0-9]+")) {
            return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
        }
        return Duration.ofMillis(TimeUtils.toMilliSeconds(value));
    }

    /** Formats a duration for settings: {@code 1h30m}, {@code 2s}, {@code 250ms}. */
    public static String toText(Duration duration) {
        String text = part(duration.toHours(), "h")
                + part(duration.toMinutesPart(), "m")
                + part(duration.toSecondsPart(), "s")
                + part(duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }

    private <T> T parse(String key, String expected, Function<String, T> parser) {
        String value = text(key);
        try {
            return parser.apply(value);
        } catch (RuntimeException e) {
            throw new InvalidSetting(key, value, "it must be " + expected);
        }
    }
}
