package dev.caravan.media;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The kinds of files that are known by their first bytes, in the order in which they are tried.
 *
 * <p>Sources: ISO/IEC 14496-12 (ftyp), QuickTime File Format, RFC 8794 (EBML), ISO/IEC 13818-1 (transport and program
 * stream), the Adobe FLV, Microsoft ASF and RIFF specifications, RFC 3533 (Ogg), RFC 8216 (HLS).
 */
enum Container {
    ISO_IMAGE(Kind.IMAGE, null, "a HEIF or AVIF picture", head -> head.text(4, "ftyp") && head.imageBrand()),
    MOV(
            Kind.MEDIA,
            "mov",
            "MP4 or QuickTime",
            head -> head.atom("ftyp", "moov", "mdat", "free", "wide", "skip", "pnot")),
    MATROSKA(Kind.MEDIA, "matroska", "Matroska or WebM", head -> head.bytes(0, 0x1A, 0x45, 0xDF, 0xA3)),
    AVI(Kind.MEDIA, "avi", "AVI", head -> head.text(0, "RIFF") && head.text(8, "AVI")),
    WAV(Kind.MEDIA, "wav", "WAV sound", head -> head.text(0, "RIFF") && head.text(8, "WAVE")),
    WEBP(Kind.IMAGE, null, "a WebP picture", head -> head.text(0, "RIFF") && head.text(8, "WEBP")),
    MPEG_TS(Kind.MEDIA, "mpegts", "an MPEG transport stream", head -> head.every(188, 0) || head.every(192, 4)),
    MPEG_PS(Kind.MEDIA, "mpeg", "an MPEG program stream", head -> head.bytes(0, 0, 0, 1, 0xBA)),
    MPEG_VIDEO(Kind.MEDIA, "mpegvideo", "an MPEG video stream", head -> head.bytes(0, 0, 0, 1, 0xB3)),
    FLV(Kind.MEDIA, "flv", "Flash video", head -> head.text(0, "FLV\u0001")),
    ASF(Kind.MEDIA, "asf", "Windows Media", head -> head.bytes(0, 0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11)),
    OGG(Kind.MEDIA, "ogg", "Ogg", head -> head.text(0, "OggS")),
    MXF(Kind.MEDIA, "mxf", "MXF", head -> head.bytes(0, 0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01)),
    FLAC(Kind.MEDIA, "flac", "FLAC sound", head -> head.text(0, "fLaC")),
    MP3(Kind.MEDIA, "mp3", "MP3 sound", head -> head.text(0, "ID3") || head.mpegAudioFrame()),
    ADTS(Kind.MEDIA, "aac", "AAC sound", head -> head.bytes(0, 0xFF, 0xF1) || head.bytes(0, 0xFF, 0xF9)),
    PNG(Kind.IMAGE, null, "a PNG picture", head -> head.bytes(0, 0x89, 'P', 'N', 'G')),
    JPEG(Kind.IMAGE, null, "a JPEG picture", head -> head.bytes(0, 0xFF, 0xD8, 0xFF)),
    GIF(Kind.IMAGE, null, "a GIF picture", head -> head.text(0, "GIF8")),
    TIFF(Kind.IMAGE, null, "a TIFF picture", head -> head.bytes(0, 'I', 'I', 42, 0) || head.bytes(0, 'M', 'M', 0, 42)),
    BMP(Kind.IMAGE, null, "a BMP picture", head -> head.text(0, "BM") && head.bytes(6, 0, 0, 0, 0)),
    HLS(Kind.PLAYLIST, null, "an HLS playlist", head -> head.opens("#EXTM3U")),
    CONCAT(Kind.PLAYLIST, null, "an FFmpeg concat script", head -> head.opens("ffconcat ", "file '", "file \"")),
    PLS(Kind.PLAYLIST, null, "a PLS playlist", head -> head.opens("[playlist]")),
    MANIFEST(Kind.PLAYLIST, null, "a streaming manifest", head -> head.xml("<mpd", "<smil", "<smoothstreamingmedia")),
    ASX(Kind.PLAYLIST, null, "an XML playlist", head -> head.xml("<asx", "<playlist", "<imf", "<compositionplaylist")),
    SDP(Kind.PLAYLIST, null, "a session description", head -> head.opens("v=0\n", "v=0\r\n")),
    HTML(Kind.OTHER, null, "a web page", head -> head.xml("<!doctype html", "<html")),
    PDF(Kind.OTHER, null, "a PDF document", head -> head.text(0, "%PDF")),
    ZIP(Kind.OTHER, null, "a ZIP archive or an Office document", head -> head.bytes(0, 'P', 'K', 3, 4)),
    GZIP(Kind.OTHER, null, "a gzip archive", head -> head.bytes(0, 0x1F, 0x8B)),
    TEXT(Kind.OTHER, null, "text", Head::isText);

    enum Kind {
        /** FFmpeg may read it, with this demuxer. */
        MEDIA,
        IMAGE,
        /** Names other files: never opened. */
        PLAYLIST,
        OTHER
    }

    private static final List<Container> IN_ORDER = List.of(values());

    final Kind kind;
    /** FFmpeg's name of the one demuxer that may read it; null for what is refused. */
    final String demuxer;

    final String label;
    private final Predicate<Head> sign;

    Container(Kind kind, String demuxer, String label, Predicate<Head> sign) {
        this.kind = kind;
        this.demuxer = demuxer;
        this.label = label;
        this.sign = sign;
    }

    static Optional<Container> of(Head head) {
        return IN_ORDER.stream().filter(container -> container.sign.test(head)).findFirst();
    }

    /** @throws IllegalArgumentException when no container is read with it */
    static Container readBy(String demuxer) {
        return Arrays.stream(values())
                .filter(container -> demuxer.equals(container.demuxer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No container is read with " + demuxer));
    }
}
