package dev.caravan.upload;

import java.util.Map;

/** The extension and media type under which a file is stored, by the demuxer that reads it - never by its client's name. */
record StoredForm(String extension, String contentType) {
    private static final Map<String, StoredForm> BY_DEMUXER = Map.of(
            "mov", new StoredForm("mp4", "video/mp4"),
            "matroska", new StoredForm("mkv", "video/x-matroska"),
            "avi", new StoredForm("avi", "video/x-msvideo"),
            "mpegts", new StoredForm("ts", "video/mp2t"),
            "mpeg", new StoredForm("mpg", "video/mpeg"),
            "mpegvideo", new StoredForm("mpg", "video/mpeg"),
            "flv", new StoredForm("flv", "video/x-flv"),
            "asf", new StoredForm("wmv", "video/x-ms-wmv"),
            "ogg", new StoredForm("ogv", "video/ogg"),
            "mxf", new StoredForm("mxf", "application/mxf"));
    private static final StoredForm UNKNOWN = new StoredForm("bin", "application/octet-stream");

    /** @param format {@code srt} or {@code vtt} */
    static StoredForm ofSubtitles(String format) {
        return format.equals("vtt") ? new StoredForm("vtt", "text/vtt") : new StoredForm("srt", "application/x-subrip");
    }

    static StoredForm of(String demuxer) {
        return BY_DEMUXER.getOrDefault(demuxer, UNKNOWN);
    }
}
