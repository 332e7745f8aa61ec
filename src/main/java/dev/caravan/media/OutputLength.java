package dev.caravan.media;

import dev.caravan.failure.StepException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The required length of an output: the parameter {@code lasts} of a step.
 *
 * @param length seconds; empty if every length is allowed
 * @param from seconds at which a part of the source begins; empty if it is no part
 * @param whole true if it is the whole source
 */
record OutputLength(OptionalDouble length, OptionalDouble from, boolean whole) {
    static final String PATTERN = "source|any|(\\{[a-z][a-z0-9_]*}|\\d{1,6}(\\.\\d{1,3})?)(\\.\\.(\\{[a-z][a-z0-9_]*}"
            + "|\\d{1,6}(\\.\\d{1,3})?))?";

    private static final OutputLength ANY = new OutputLength(OptionalDouble.empty(), OptionalDouble.empty(), false);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9_]*)}");

    /**
     * @param text {@code source}, {@code any}, seconds, or a part of the source such as {@code {from}..{to}}, which ends with
     *     the source at the latest
     * @param duration seconds of the source, 0 when unknown
     * @throws StepException permanent {@code PARAMETER_INVALID} or {@code SPAN_OUTSIDE}
     */
    static OutputLength of(String text, Map<String, Object> values, double duration) {
        if (text.equals("any") || text.equals("source") && duration == 0) {
            return ANY;
        } else if (text.equals("source")) {
            return new OutputLength(OptionalDouble.of(duration), OptionalDouble.empty(), true);
        }
        String[] ends = text.split("\\.\\.(?=[{0-9])", 2);
        double first = number(ends[0], values);
        return ends.length == 1
                ? new OutputLength(OptionalDouble.of(first), OptionalDouble.empty(), false)
                : part(first, number(ends[1], values), duration);
    }

    private static OutputLength part(double from, double to, double duration) {
        if (to <= from) {
            throw StepException.permanent(
                    "PARAMETER_INVALID",
                    "The part from %s s to %s s is empty".formatted(plain(from), plain(to)),
                    "Choose an end behind the beginning.");
        } else if (duration > 0 && from >= duration) {
            throw StepException.permanent(
                    "SPAN_OUTSIDE",
                    "The part begins at %s s, but the file ends at %.1f s".formatted(plain(from), duration),
                    "Choose a part that lies in the file.");
        }
        return new OutputLength(
                OptionalDouble.of((duration > 0 ? Math.min(to, duration) : to) - from), OptionalDouble.of(from), false);
    }

    /**
     * Returns the values of the arguments: {@code length, part, seek, skip, span}. A seek may have to aim before the
     * part, and the time between is skipped.
     */
    Map<String, Object> values(Probe probe) {
        double seconds = length.orElse(probe.duration());
        double begin = from.orElse(0);
        double seek = probe.video() == null ? begin : SeekTarget.before(begin, probe);
        return Map.of(
                "length",
                seconds,
                "part",
                from.isPresent(),
                "seek",
                seek,
                "skip",
                begin - seek,
                "span",
                seconds + begin - seek);
    }

    private static double number(String text, Map<String, Object> values) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        Object value = placeholder.matches() ? values.get(placeholder.group(1)) : text;
        try {
            return Double.parseDouble(String.valueOf(value));
        } catch (NumberFormatException e) {
            throw StepException.permanent(
                    "PARAMETER_INVALID",
                    "The parameter lasts names %s, which is no number".formatted(text),
                    "Name a number among the values of the step.");
        }
    }

    private static String plain(double seconds) {
        return java.math.BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString();
    }
}
