package dev.caravan.asset;

import dev.caravan.failure.Refusal;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks the tags of an asset. Tags are compared as written, in Unicode's form NFC. */
public final class Tags {
    public static final String GENERATED = "ai-generated";

    private static final int MAX = 50;
    private static final int LONGEST = 64;

    private Tags() {}

    /**
     * Returns each tag once, in the order given.
     *
     * @return null for none
     * @throws Refusal {@code INVALID_BODY}
     */
    public static List<String> checked(Collection<String> words) {
        Set<String> tags = new LinkedHashSet<>();
        words.forEach(word -> tags.add(one(word)));
        if (tags.size() > MAX) {
            throw new Refusal(
                    "INVALID_BODY",
                    "/tags has more than %d entries".formatted(MAX),
                    "Keep those by which you look for the asset, and put the rest into metadata.");
        }
        return tags.isEmpty() ? null : List.copyOf(tags);
    }

    /** Returns the tag that {@code word} means, in the form in which tags are stored. */
    public static String form(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFC).strip();
    }

    private static String one(String word) {
        String tag = form(word);
        if (tag.isEmpty() || tag.length() > LONGEST || tag.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal(
                    "INVALID_BODY",
                    "A tag is empty, has more than %d characters or such as are not seen".formatted(LONGEST),
                    "Use short words, such as ai-generated.");
        }
        return tag;
    }
}
