package dev.caravan.upload;

import dev.caravan.format.Container;

/** The extension and media type under which a file is stored, by the demuxer that reads it - never by its client's name. */
record StoredForm(String extension, String contentType) {
    /** @param format {@code srt} or {@code vtt} */
    static StoredForm ofSubtitles(String format) {
        return format.equals("vtt") ? new StoredForm("vtt", "text/vtt") : new StoredForm("srt", "application/x-subrip");
    }

    static StoredForm of(String demuxer) {
        Container container = Container.readBy(demuxer);
        return new StoredForm(container.extension(), container.contentType());
    }
}
