package dev.caravan.upload;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The relevant parameters of a Content-Disposition header (RFC 6266): {@code name} and {@code filename}, where the form
 * {@code filename*} of RFC 5987 has precedence.
 */
record PartDisposition(String name, String filename) {
    static final PartDisposition NONE = new PartDisposition(null, null);

    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*=\\s*(?:\"((?:\\\\[\"\\\\]|[^\"])*+)\"|([^;\\s]*))");

    static PartDisposition parse(String value) {
        String name = null;
        String plain = null;
        String extended = null;
        Matcher matcher = PARAMETER.matcher(value);
        while (matcher.find()) {
            String text = matcher.group(2) == null ? matcher.group(3) : unescaped(matcher.group(2));
            switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
                case "name" -> name = text;
                case "filename" -> plain = text;
                case "filename*" -> extended = decoded(text);
                default -> {
                    // Dates and sizes are not used.
                }
            }
        }
        return new PartDisposition(name, extended == null ? plain : extended);
    }

    /** Unescapes only the two characters that programs escape: a lone backslash belongs to a Windows path. */
    private static String unescaped(String quoted) {
        return quoted.replaceAll("\\\\([\"\\\\])", "$1");
    }

    /** Decodes {@code UTF-8'en'na%C3%AFve.mp4}; null when it is not of that form. */
    private static String decoded(String text) {
        String[] parts = text.split("'", 3);
        try {
            return parts.length < 3
                    ? null
                    : URLDecoder.decode(parts[2].replace("+", "%2B"), Charset.forName(parts[0].trim()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
