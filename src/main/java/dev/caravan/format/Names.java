package dev.caravan.format;

import java.util.List;

/**
 * The extensions that files of one kind have, and the one under which Caravan stores them.
 *
 * @param contentType of a stored file
 * @param stored the extension of a stored file, without the dot
 * @param moving extensions of videos
 * @param sound extensions of sound
 * @param still extensions of pictures
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

    /** Returns these names with another extension for stored files. */
    Names storedAs(String ending) {
        return new Names(contentType, ending, moving, sound, still);
    }

    /** Returns these names, with these extensions for such files that hold sound alone. */
    Names alsoAudio(String... endings) {
        return new Names(contentType, stored, moving, List.of(endings), still);
    }
}
