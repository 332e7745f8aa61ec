package dev.caravan.subtitle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the tags of WebVTT (section 4.2.2) into those of SRT: faces stay, colours become a font, everything else is
 * removed.
 */
final class VttTags {
    private static final Pattern TAG = Pattern.compile(
            "<(/?)([a-z]{1,4}|[\\d:.]{5,15})?((?:\\.[^<>\\s.]{1,40}){0,10})" + "(?:\\s[^<>]{0,200}+)?>");
    /** The classes that have a colour of their own (section 5). */
    private static final Set<String> COLOURS =
            Set.of("white", "lime", "cyan", "red", "yellow", "magenta", "blue", "black");

    private VttTags() {}

    static String plain(String text) {
        Deque<Boolean> coloured = new ArrayDeque<>();
        Matcher tag = TAG.matcher(text);
        StringBuilder plain = new StringBuilder();
        while (tag.find()) {
            String name = tag.group(2) == null ? "" : tag.group(2);
            tag.appendReplacement(plain, Matcher.quoteReplacement(written(tag, name, coloured)));
        }
        return tag.appendTail(plain).toString();
    }

    private static String written(Matcher tag, String name, Deque<Boolean> coloured) {
        boolean closes = !tag.group(1).isEmpty();
        if (Set.of("b", "i", "u").contains(name)) {
            return "<" + tag.group(1) + name + ">";
        } else if (!name.equals("c")) {
            return "";
        } else if (closes) {
            return Boolean.TRUE.equals(coloured.poll()) ? "</font>" : "";
        }
        for (String kind : tag.group(3).split("\\.")) {
            if (COLOURS.contains(kind)) {
                coloured.push(true);
                return "<font color=\"" + kind + "\">";
            }
        }
        coloured.push(false);
        return "";
    }
}
