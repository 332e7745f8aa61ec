package dev.caravan.upload;

import dev.caravan.format.Container;

/** The extension and media type under which a file is stored, by the demuxer that reads it - never by the client's name. */
record StoredType(String extension, String contentType) {
    /** @param format {@code srt} or {@code vtt} */
    static StoredType ofSubtitles(String format) {
        return format.equals("vtt") ? new StoredType("vtt", "text/vtt") : new StoredType("srt", "application/x-subrip");
    }

    static StoredType of(String demuxer) {
        Container container = Container.readBy(demuxer);
        return new StoredType(container.extension(), container.contentType());
    }
}
