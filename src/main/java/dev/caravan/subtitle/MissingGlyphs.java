package dev.caravan.subtitle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds letters that no font can draw: the picture would show boxes for them, and FFmpeg would report no error. */
final class MissingGlyphs {
    static final String CODE = "GLYPHS_MISSING";

    private static final int MAX_LETTERS = 10;
    /**
     * libass, ass_fontselect.c. Its message on a broken font with all charmaps tried is no loss: it finds the letter
     * there.
     */
    private static final Pattern MISSED =
            Pattern.compile("failed to find any fallback with glyph 0x([0-9A-Fa-f]{1,6}) for font");

    private MissingGlyphs() {}

    /** Returns missing letters, each with the lines of the cues that hold it. */
    static Map<Integer, TreeSet<Integer>> missing(List<Cue> cues, FontChoice fonts) {
        Map<Integer, TreeSet<Integer>> missing = new TreeMap<>();
        for (Cue cue : cues) {
            cue.text()
                    .codePoints()
                    .filter(letter -> fonts.face(letter, false).isEmpty())
                    .forEach(letter -> missing.computeIfAbsent(letter, any -> new TreeSet<>())
                            .add(cue.line()));
        }
        return missing;
    }

    static Optional<String> warning(Map<Integer, TreeSet<Integer>> missing) {
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String letters = missing.entrySet().stream()
                .limit(MAX_LETTERS)
                .map(entry -> name(entry.getKey()) + " in " + Remarks.listed(entry.getValue()))
                .collect(Collectors.joining("; "));
        String more = missing.size() > MAX_LETTERS ? "; and " + (missing.size() - MAX_LETTERS) + " more" : "";
        return Optional.of("No font of this machine has " + letters + more + "; a box is drawn in their place");
    }

    /** Returns the letters that libass reported as missing. */
    static TreeSet<Integer> missed(List<String> log) {
        return log.stream()
                .map(MISSED::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(found -> Integer.valueOf(found.group(1), 16))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@code 字 (U+5B57)} */
    static String name(int letter) {
        return "%s (U+%04X)".formatted(Character.toString(letter), letter);
    }
}
