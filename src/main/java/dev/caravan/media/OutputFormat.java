package dev.caravan.media;

import dev.caravan.format.Container;
import java.util.Arrays;
import java.util.List;

/** A file format that a step may write: how it is named, stored, and read again for the check. */
enum OutputFormat {
    MP4("mp4", "video/mp4", Container.MOV, "mov", Content.LASTING),
    MOV("mov", "video/quicktime", Container.MOV, "mov", Content.LASTING),
    WEBM("webm", "video/webm", Container.MATROSKA, "matroska", Content.LASTING),
    MKV("mkv", "video/x-matroska", Container.MATROSKA, "matroska", Content.LASTING),
    TS("ts", "video/mp2t", Container.MPEG_TS, "mpegts", Content.LASTING),
    GIF("gif", "image/gif", Container.GIF, "gif", Content.ANIMATION),
    WEBP("webp", "image/webp", Container.WEBP, null, Content.ANIMATION),
    PNG("png", "image/png", Container.PNG, "png_pipe", Content.STILL),
    JPG("jpg", "image/jpeg", Container.JPEG, "jpeg_pipe", Content.STILL),
    M4A("m4a", "audio/mp4", Container.MOV, "mov", Content.SOUND),
    MP3("mp3", "audio/mpeg", Container.MP3, "mp3", Content.SOUND),
    OGG("ogg", "audio/ogg", Container.OGG, "ogg", Content.SOUND),
    OPUS("opus", "audio/ogg", Container.OGG, "ogg", Content.SOUND),
    FLAC("flac", "audio/flac", Container.FLAC, "flac", Content.SOUND),
    WAV("wav", "audio/wav", Container.WAV, "wav", Content.SOUND);

    /** Names in the order of this enum. */
    static final List<String> NAMES =
            Arrays.stream(values()).map(format -> format.extension).toList();

    final String extension;
    final String contentType;
    final Container container;
    /** FFmpeg's demuxer for the check; null if FFmpeg cannot read all that it writes. */
    final String demuxer;

    final Content content;

    OutputFormat(String extension, String contentType, Container container, String demuxer, Content content) {
        this.extension = extension;
        this.contentType = contentType;
        this.container = container;
        this.demuxer = demuxer;
        this.content = content;
    }

    /** The content of files of a format. */
    enum Content {
        /** Picture, sound, or both. */
        LASTING,
        SOUND,
        ANIMATION,
        STILL
    }

    /** @throws IndexOutOfBoundsException for a name that is not in {@link #NAMES} */
    static OutputFormat named(String name) {
        return values()[NAMES.indexOf(name)];
    }

    boolean lasts() {
        return content != Content.STILL;
    }

    /** True if its index is at the front, so that it plays while it loads. */
    boolean indexed() {
        return demuxer != null && demuxer.equals("mov");
    }
}
