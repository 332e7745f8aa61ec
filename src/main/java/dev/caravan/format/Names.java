package dev.caravan.format;

import java.util.List;

/**
 * The endings that files of one kind have, and the one under which Caravan stores them.
 *
 * @param contentType of a stored file
 * @param stored the ending of a stored file, without the dot
 * @param moving endings of videos
 * @param sound endings of sound
 * @param still endings of pictures
 */
record Names(String contentType, String stored, List<String> moving, List<String> sound, List<String> still) {
    static final Names NONE = new Names(null, null, List.of(), List.of(), List.of());

    static Names video(String contentType, String... endings) {
        return new Names(contentType, endings[0], List.of(endings), List.of(), List.of());
    }

    static Names audio(String contentType, String... endings) {
        return new Names(contentType, endings[0], List.of(), List.of(endings), List.of());
    }

    static Names image(String contentType, String... endings) {
        return new Names(contentType, endings[0], List.of(), List.of(), List.of(endings));
    }

    /** The same, stored under this ending. */
    Names storedAs(String ending) {
        return new Names(contentType, ending, moving, sound, still);
    }

    /** The same, and these where such a file holds sound alone. */
    Names alsoAudio(String... endings) {
        return new Names(contentType, stored, moving, List.of(endings), still);
    }
}
