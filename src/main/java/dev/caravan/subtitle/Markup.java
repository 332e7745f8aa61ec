package dev.caravan.subtitle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the text of a cue as it is kept between steps: the tags {@code b, i, u, s} and {@code font}, and everything else
 * literally. A {@code <} that would open a tag, but is text, is followed by {@link #LITERAL}, which no author writes.
 */
final class Markup {
    /** A noncharacter: Unicode reserves it for a program's internal use (section 23.7). */
    static final char LITERAL = '\uFDD0';

    private static final Pattern TAG =
            Pattern.compile("<(/?)(?:([ibus])|(font)((?:\\s[^<>]{0,200}+)?))\\s{0,5}+>", Pattern.CASE_INSENSITIVE);
    private static final Pattern COLOUR = Pattern.compile(
            "\\bcolor\\s{0,5}=\\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))", Pattern.CASE_INSENSITIVE);

    private Markup() {}

    sealed interface Part {}

    /** Literal text, new lines included. */
    record Letters(String text) implements Part {}

    /**
     * A tag of a face.
     *
     * @param name {@code b, i, u} or {@code s}
     */
    record Face(char name, boolean closes) implements Part {}

    /**
     * A font tag.
     *
     * @param colour {@code RRGGBB}; empty for the surrounding one
     */
    record Font(Optional<String> colour, boolean closes) implements Part {}

    static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher tag = TAG.matcher(text);
        int at = 0;
        while (tag.find()) {
            letters(text.substring(at, tag.start()), parts);
            boolean closes = !tag.group(1).isEmpty();
            parts.add(
                    tag.group(3) == null
                            ? new Face(tag.group(2).toLowerCase(Locale.ROOT).charAt(0), closes)
                            : new Font(colour(tag.group(4)), closes));
            at = tag.end();
        }
        letters(text.substring(at), parts);
        return parts;
    }

    private static void letters(String text, List<Part> parts) {
        String shown = unmarked(text);
        if (!shown.isEmpty()) {
            parts.add(new Letters(shown));
        }
    }

    /** Removes the marks, which a file from outside must not hold. */
    static String unmarked(String text) {
        return text.replace(String.valueOf(LITERAL), "");
    }

    private static Optional<String> colour(String attributes) {
        Matcher found = COLOUR.matcher(attributes == null ? "" : attributes);
        if (found.find()) {
            for (int group = 1; group <= found.groupCount(); group++) {
                if (found.group(group) != null) {
                    return Colour.parse(found.group(group));
                }
            }
        }
        return Optional.empty();
    }
}
