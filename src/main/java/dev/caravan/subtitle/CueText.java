package dev.caravan.subtitle;

import java.util.EnumSet;
import java.util.Set;

/**
 * The text of a cue, brought into one form: entities decoded, codes of other formats obeyed or removed.
 *
 * @param shown text with the tags {@code b, i, u, s} and {@code font}
 * @param place as in {@link Cue}
 * @param repairs repairs that were made
 */
record CueText(String shown, int place, Set<Remark> repairs) {

    static CueText of(String text, SubtitleFormat subtitleFormat) {
        if (subtitleFormat == SubtitleFormat.OWN) {
            int place = AssCodes.leadingPlace(text);
            return new CueText(
                    place < 0 ? text : text.substring(AssCodes.code(place).length()), Math.max(0, place), Set.of());
        }
        Set<Remark> repairs = EnumSet.noneOf(Remark.class);
        String now = Markup.unmarked(text);
        if (subtitleFormat == SubtitleFormat.VTT) {
            now = noted(now, VttTags.plain(now), Remark.TAG, repairs);
            return new CueText(Entities.decode(now).strip(), 0, repairs);
        }
        AssCodes codes = AssCodes.of(noted(now, Entities.decode(now), Remark.ENTITY, repairs));
        if (codes.found()) {
            repairs.add(Remark.ASS_CODE);
        }
        return new CueText(lines(codes.text()), codes.place(), repairs);
    }

    /** True if nothing of it would be visible. */
    boolean isBlank() {
        return Markup.parts(shown).stream()
                .filter(Markup.Letters.class::isInstance)
                .flatMapToInt(part -> ((Markup.Letters) part).text().codePoints())
                .allMatch(letter -> Character.isWhitespace(letter)
                        || Character.isSpaceChar(letter)
                        || Character.getType(letter) == Character.FORMAT);
    }

    private static String noted(String before, String after, Remark repair, Set<Remark> repairs) {
        if (!before.equals(after)) {
            repairs.add(repair);
        }
        return after;
    }

    /** Removes blank lines, which would end the cue in the written file. */
    private static String lines(String text) {
        return String.join(
                "\n",
                text.lines()
                        .map(PrintableLine::of)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }
}
