package dev.caravan.stream;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Writes {@code Content-Disposition} with a client's name for a file (<a href="https://www.rfc-editor.org/rfc/rfc6266">RFC
 * 6266</a>, with the advice of its appendix D): whatever the name holds, the result is one header with one name.
 */
final class ContentDisposition {
    /** Characters of a name; a longer one is cut before its extension. */
    static final int MAX = 150;

    private static final int MAX_EXTENSION = 10;
    /** Control characters, and those that turn the direction of text, so that {@code gpj.exe} reads {@code exe.jpg}. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]+");

    private static final Pattern OF_PATHS = Pattern.compile("[/\\\\:*?\"<>|]");
    private static final String PLAIN = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    /** @param name the file's name for display, with the extension of the current format */
    static String inline(String name) {
        String clean = clean(name);
        String plain = clean.codePoints()
                .map(c -> c >= 0x20 && c < 0x7f && c != '%' ? c : '_')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String header = "inline; filename=\"" + plain + "\"";
        return plain.equals(clean) ? header : header + "; filename*=UTF-8''" + encoded(clean);
    }

    private static String clean(String name) {
        String visible = INVISIBLE.matcher(name).replaceAll(" ");
        String label = OF_PATHS.matcher(visible).replaceAll("_").strip().replaceFirst("^\\.+", "_");
        return label.isEmpty() ? "video" : shortened(label);
    }

    private static String shortened(String label) {
        if (label.codePointCount(0, label.length()) <= MAX) {
            return label;
        }
        int dot = label.lastIndexOf('.');
        String extension = dot > 0 && label.length() - dot <= MAX_EXTENSION ? label.substring(dot) : "";
        int[] kept = label.codePoints().limit(MAX - extension.length()).toArray();
        return new String(kept, 0, kept.length) + extension;
    }

    /** Encodes a name; half of a surrogate pair becomes a question mark. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append("%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }
}
