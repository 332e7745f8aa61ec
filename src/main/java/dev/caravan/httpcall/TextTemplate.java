package dev.caravan.httpcall;

import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in a text with {@code {placeholders}}, each of which is written so that it cannot change the text around it. */
final class TextTemplate {
    /** Matches {@code {filename}}, {@code {probe.video.width}}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*)}");

    private TextTemplate() {}

    /** Writes values percent-encoded (RFC 3986); a whole URL may be one placeholder. */
    static String url(String text, Function<String, Optional<Object>> values) {
        Matcher whole = PLACEHOLDER.matcher(text);
        return whole.matches()
                ? value(whole.group(1), values).toString()
                : fill(text, values, value -> URLEncoder.encode(value, StandardCharsets.UTF_8)
                        .replace("+", "%20"));
    }

    /** Writes values as the inside of a JSON string. */
    static String json(String text, Function<String, Optional<Object>> values) {
        return fill(text, values, value -> {
            String quoted = Json.text(value);
            return quoted.substring(1, quoted.length() - 1);
        });
    }

    /** Writes values without line breaks and other control characters. */
    static String header(String text, Function<String, Optional<Object>> values) {
        return fill(text, values, value -> value.replaceAll("\\p{Cntrl}", " "));
    }

    private static String fill(String text, Function<String, Optional<Object>> values, UnaryOperator<String> written) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        written.apply(value(found.group(1), values).toString())));
    }

    private static Object value(String name, Function<String, Optional<Object>> values) {
        return values.apply(name)
                .orElseThrow(() -> StepException.permanent(
                        "PARAMETER_INVALID",
                        "There is no value named " + name,
                        "Name a value of the step, a variable of an earlier step, or a fact of the file."));
    }
}
