package dev.caravan.ffmpeg;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes the values of a command the way FFmpeg reads them, and admits only those that cannot change a line's meaning. */
final class CommandValues {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.+/-]*");

    private CommandValues() {}

    static Object get(Map<String, Object> values, String name, int line) {
        Object value = values.get(name);
        if (value == null) {
            throw new TemplateException(line, "there is no value named '" + name + "'");
        }
        return value;
    }

    static boolean isSet(Object value) {
        String text = text(value);
        return !text.isEmpty() && !text.equals("false") && !text.equals("0");
    }

    /** Writes numbers without exponent and with at most six decimals; everything else unchanged. */
    static String text(Object value) {
        if (value instanceof Double || value instanceof Float) {
            BigDecimal rounded = BigDecimal.valueOf(((Number) value).doubleValue())
                    .setScale(6, RoundingMode.HALF_UP)
                    .stripTrailingZeros();
            return rounded.signum() == 0 ? "0" : rounded.toPlainString();
        }
        return value.toString();
    }

    /**
     * Returns the value for use inside a longer text such as a filter graph.
     *
     * @throws TemplateException for a path, which may hold special characters, and for text that is more than one plain word
     */
    static String embedded(Object value, String name, int line) {
        if (value instanceof Path) {
            throw new TemplateException(line, "{" + name + "} is a file and must be an argument of its own");
        }
        String text = text(value);
        if (!PLAIN.matcher(text).matches()) {
            throw new TemplateException(line, "the value of {" + name + "} is not one plain word: " + text);
        }
        return text;
    }
}
