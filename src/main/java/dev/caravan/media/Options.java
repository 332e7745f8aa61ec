package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.work.StepContext;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * The parameters that a Kamelet passes as lines of {@code name=value}: typed and bounded here, or refused with the
 * permanent {@code PARAMETER_INVALID}.
 */
public record Options(Map<String, String> values) {

    /**
     * Returns the running step's parameters: the pipeline's values, replaced by the job's where it sets them.
     *
     * @param property exchange property in which the Kamelet passes them
     */
    public static Options of(Exchange exchange, String property) {
        return parse(exchange.getProperty(property, String.class))
                .with(StepContext.of(exchange).parameters());
    }

    public static Options parse(String lines) {
        return new Options(lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair.length < 2 ? "" : pair[1].strip())));
    }

    /** Returns these parameters with the job's own values, which take precedence over the pipeline's. */
    public Options with(Map<String, Object> parameters) {
        Map<String, String> all = new HashMap<>(values);
        parameters.forEach((name, value) -> all.put(name, String.valueOf(value).strip()));
        return new Options(Map.copyOf(all));
    }

    /** Returns these parameters with placeholders such as {@code {format}} filled in where one is a whole value. */
    Options filled(Map<String, Object> from) {
        Map<String, String> all = new HashMap<>(values);
        all.replaceAll((name, value) -> value.matches("\\{[a-z][a-z0-9_]*}")
                ? String.valueOf(from.getOrDefault(value.substring(1, value.length() - 1), value))
                : value);
        return new Options(Map.copyOf(all));
    }

    public int number(String name, int least, int most) {
        String value = text(name);
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
            throw refused(name, value, "a whole number from " + least + " to " + most);
        }
        return Integer.parseInt(value);
    }

    /** Allows up to three digits after the decimal point. */
    public double decimal(String name, double least, double most) {
        String value = text(name);
        if (!value.matches("\\d{1,9}(\\.\\d{1,3})?")
                || Double.parseDouble(value) < least
                || Double.parseDouble(value) > most) {
            throw refused(name, value, "a number from " + plain(least) + " to " + plain(most));
        }
        return Double.parseDouble(value);
    }

    public int even(String name, int least, int most) {
        int value = number(name, least, most);
        if (value % 2 != 0) {
            throw refused(name, Integer.toString(value), "an even number");
        }
        return value;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name) {
        return oneOf(name, List.of("true", "false")).equals("true");
    }

    /** Returns a text that the whole of {@code pattern} matches. */
    public String matching(String name, String pattern, String expected) {
        String value = text(name);
        if (!value.matches(pattern)) {
            throw refused(name, value, expected);
        }
        return value;
    }

    public String oneOf(String name, List<String> allowed) {
        String value = text(name);
        if (!allowed.contains(value)) {
            throw refused(name, value, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    /** Returns bits per second, written {@code 128k} or {@code 128000}. */
    public int bitRate(String name, int least, int most) {
        String value = text(name);
        Options plain = new Options(Map.of(name, value.replaceFirst("[kK]$", "000")));
        return plain.number(name, least, most);
    }

    /** Returns the given text, or an empty one. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static StepException refused(String name, String value, String expected) {
        return StepException.permanent(
                "PARAMETER_INVALID",
                "The parameter " + name + " is '" + value + "'; it must be " + expected,
                "Correct it where the job was asked for or the step is written in the pipeline, or the setting behind it.");
    }
}
