package dev.caravan.fetch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a URL's text, read as browsers read it (WHATWG URL Standard, basic URL parser, special schemes): blanks
 * around it and line ends inside are ignored, a backslash is a slash, and characters not allowed in a path or query are
 * percent-encoded. A fragment is dropped, since it is never sent.
 *
 * @param scheme in lower case; null if the text has none
 * @param authority as written; null if no {@code //} precedes it
 * @param path as written
 * @param query as written, or null
 * @param doubtful whether programs that do not know the backslash find another host in the text
 */
record UrlText(String scheme, String authority, String path, String query, boolean doubtful) {
    private static final Pattern AROUND = Pattern.compile("^[\\x00-\\x20]++|[\\x00-\\x20]+$");
    private static final Pattern INSIDE = Pattern.compile("[\\t\\n\\r]");
    private static final Pattern PARTS = Pattern.compile(
            "(?:([A-Za-z][A-Za-z0-9+.-]*+):)?+(?:[/\\\\]{2}([^/\\\\?#]*+))?+([^?#]*+)(?:\\?([^#]*+))?+(?:#.*+)?+",
            Pattern.DOTALL);
    private static final String NOT_IN_A_PATH = " \"#<>?^`{}";
    private static final String NOT_IN_A_QUERY = " \"#<>'";
    private static final int FIRST_VISIBLE = 0x20;
    private static final int LAST_VISIBLE = 0x7e;

    static UrlText of(String text) {
        Matcher parts = PARTS.matcher(cleaned(text));
        if (!parts.matches()) {
            throw new IllegalStateException("Every text has these parts");
        }
        String scheme = parts.group(1) == null ? null : parts.group(1).toLowerCase(Locale.ROOT);
        boolean ended = parts.group(2) != null && parts.group(3).startsWith("\\");
        boolean doubtful = ended && parts.group(3).split("/", 2)[0].contains("@");
        return new UrlText(scheme, parts.group(2), parts.group(3), parts.group(4), doubtful);
    }

    /** Reads a Location header. HTTP passes its bytes as Latin-1: UTF-8 is decoded as such, other bytes stay as they are. */
    static UrlText ofHeader(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))) {
            return of(text);
        }
        StringBuilder kept = new StringBuilder();
        for (byte one : bytes) {
            append(kept, one & 0xff, (one & 0xff) <= LAST_VISIBLE);
        }
        return of(kept.toString());
    }

    private static String cleaned(String text) {
        return INSIDE.matcher(AROUND.matcher(text).replaceAll("")).replaceAll("");
    }

    /** Says whether there is nothing but a fragment: the same place again. */
    boolean empty() {
        return scheme == null && authority == null && path.isEmpty() && query == null;
    }

    /**
     * Returns the path with its query, as it is sent.
     *
     * @param base of the URL that contains this one, with its query, as it is sent
     */
    String sent(String base) {
        if (empty()) {
            return base;
        }
        String before = base.replaceFirst("\\?.*", "");
        boolean onlyQuery = scheme == null && authority == null && path.isEmpty();
        String sent = onlyQuery ? before : "/" + String.join("/", segments(before));
        return query == null ? sent : sent + "?" + encoded(query, NOT_IN_A_QUERY);
    }

    private Collection<String> segments(String base) {
        Deque<String> segments = new ArrayDeque<>();
        boolean absolute = authority != null || path.startsWith("/") || path.startsWith("\\");
        if (!absolute) {
            segments.addAll(List.of(base.substring(1).split("/", -1)));
            segments.removeLast();
        }
        String[] written = (absolute ? path.replaceFirst("^[/\\\\]", "") : path).split("[/\\\\]", -1);
        for (int i = 0; i < written.length; i++) {
            String dots = written[i].toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (dots.equals("..")) {
                segments.pollLast();
            } else if (!dots.equals(".")) {
                segments.add(encoded(written[i], NOT_IN_A_PATH));
                continue;
            }
            if (i == written.length - 1) {
                segments.add("");
            }
        }
        return segments;
    }

    private static String encoded(String text, String not) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            int octet = one & 0xff;
            append(encoded, octet, octet >= FIRST_VISIBLE && octet <= LAST_VISIBLE && not.indexOf(octet) < 0);
        }
        return encoded.toString();
    }

    private static void append(StringBuilder text, int octet, boolean asItIs) {
        if (asItIs) {
            text.append((char) octet);
        } else {
            text.append("%%%02X".formatted(octet));
        }
    }
}
