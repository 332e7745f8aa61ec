package dev.caravan.subtitle;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes the entities of HTML that occur in subtitle files: those of WebVTT (section 4.2.2), the usual ones, and any
 * number.
 */
final class Entities {
    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", "\u00A0"),
            Map.entry("lrm", "\u200E"),
            Map.entry("rlm", "\u200F"),
            Map.entry("hellip", "\u2026"),
            Map.entry("ndash", "\u2013"),
            Map.entry("mdash", "\u2014"),
            Map.entry("lsquo", "\u2018"),
            Map.entry("rsquo", "\u2019"),
            Map.entry("ldquo", "\u201C"),
            Map.entry("rdquo", "\u201D"),
            Map.entry("laquo", "\u00AB"),
            Map.entry("raquo", "\u00BB"),
            Map.entry("copy", "\u00A9"),
            Map.entry("euro", "\u20AC"));

    private Entities() {}

    /** Decodes the text; a {@code <} that was written as an entity is text, and opens no tag. */
    static String decode(String text) {
        return ENTITY.matcher(text).replaceAll(found -> {
            String meant = meant(found.group(1), found.group(2), found.group(3));
            String shown = meant == null ? found.group() : meant;
            return Matcher.quoteReplacement(
                    shown.equals("<") && opens(text, found.end()) ? "<" + Markup.LITERAL : shown);
        });
    }

    private static boolean opens(String text, int at) {
        return at < text.length() && "/&".indexOf(text.charAt(at)) >= 0
                || at < text.length() && Character.isLetter(text.charAt(at));
    }

    private static String meant(String decimal, String hex, String name) {
        if (name != null) {
            return NAMES.get(name);
        }
        int letter = decimal == null ? Integer.parseInt(hex, 16) : Integer.parseInt(decimal);
        boolean text = Character.isValidCodePoint(letter)
                && !Character.isISOControl(letter)
                && Character.getType(letter) != Character.SURROGATE
                && letter != Markup.LITERAL;
        return text ? Character.toString(letter) : null;
    }
}
