package dev.caravan.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Lists the kinds of files, in the order in which they are tried. Each is known by its first bytes, after ID3 and APE tags.
 * A file that matches none is then searched for the frames of streams that need no beginning: recordings that were cut,
 * or that have other bytes before them.
 *
 * <p>Sources: ISO/IEC 14496-12 (ftyp), QuickTime File Format, RFC 8794 (EBML), ISO/IEC 13818-1 (transport and program
 * stream), the Adobe FLV, Microsoft ASF and RIFF specifications, EBU Tech 3306 (RF64), ITU-R BS.2088 (BW64), RFC 3533
 * (Ogg), RFC 4867 (AMR), Apple's AIFF-C and Core Audio Format specifications, RFC 8216 (HLS).
 */
public enum Container {
    ISO_IMAGE(
            "a HEIF or AVIF picture",
            Names.image("image/heic", "heic", "heif", "avif"),
            head -> head.text(4, "ftyp") && head.imageBrand()),
    MOV(
            "mov",
            "MP4 or QuickTime",
            Names.video("video/mp4", "mp4", "mov", "m4v", "3gp", "3g2", "f4v", "qt")
                    .alsoAudio("m4a", "m4b"),
            head -> head.atom("ftyp", "moov", "mdat", "free", "wide", "skip", "pnot")),
    MATROSKA(
            "matroska",
            "Matroska or WebM",
            Names.video("video/x-matroska", "mkv", "webm").alsoAudio("mka"),
            head -> head.bytes(0, 0x1A, 0x45, 0xDF, 0xA3)),
    AVI(
            "avi",
            "AVI",
            Names.video("video/x-msvideo", "avi", "divx"),
            head -> head.text(0, "RIFF") && head.text(8, "AVI")),
    WAV(
            "wav",
            "WAV sound",
            Names.audio("audio/wav", "wav", "wave", "bwf", "rf64"),
            head -> Stream.of("RIFF", "RIFX", "RF64", "BW64").anyMatch(form -> head.text(0, form))
                    && head.text(8, "WAVE")),
    WAVE64(
            "w64",
            "Wave64 sound",
            Names.audio("audio/x-w64", "w64"),
            head -> head.bytes(0, 'r', 'i', 'f', 'f', 0x2E, 0x91, 0xCF, 0x11)),
    WEBP("a WebP picture", Names.image("image/webp", "webp"), head -> head.text(0, "RIFF") && head.text(8, "WEBP")),
    MPEG_TS(
            "mpegts",
            "an MPEG transport stream",
            Names.video("video/mp2t", "ts", "m2ts", "mts", "m2t", "trp"),
            head -> !head.isText() && (head.packets(188, 0, 3) || head.packets(192, 4, 3) || head.packets(204, 0, 3)),
            head -> head.rhythm(188, 192, 204)),
    MPEG_PS(
            "mpeg",
            "an MPEG program stream",
            Names.video("video/mpeg", "mpg", "mpeg", "vob"),
            head -> head.bytes(0, 0, 0, 1, 0xBA),
            FileHead::programStream),
    MPEG_VIDEO(
            "mpegvideo",
            "an MPEG video stream",
            Names.video("video/mpeg", "mpg", "m2v", "m1v"),
            head -> head.bytes(0, 0, 0, 1, 0xB3)),
    FLV("flv", "Flash video", Names.video("video/x-flv", "flv"), head -> head.text(0, "FLV\u0001")),
    ASF(
            "asf",
            "Windows Media",
            Names.video("video/x-ms-wmv", "wmv", "asf").alsoAudio("wma"),
            head -> head.bytes(0, 0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11)),
    OGG(
            "ogg",
            "Ogg",
            Names.video("application/ogg", "ogv")
                    .alsoAudio("ogg", "oga", "opus", "spx")
                    .storedAs("ogg"),
            head -> head.text(0, "OggS"),
            FileHead::oggPages),
    MXF(
            "mxf",
            "MXF",
            Names.video("application/mxf", "mxf"),
            head -> head.bytes(0, 0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01)),
    GXF("gxf", "GXF", Names.video("application/gxf", "gxf"), head -> head.bytes(0, 0, 0, 0, 0, 1, 0xBC)),
    WTV(
            "wtv",
            "Windows Recorded TV",
            Names.video("video/x-ms-wtv", "wtv"),
            head -> head.bytes(0, 0xB7, 0xD8, 0x00, 0x20, 0x37, 0x49, 0xDA, 0x11)),
    REAL(
            "rm",
            "RealMedia",
            Names.video("application/vnd.rn-realmedia", "rm", "rmvb").alsoAudio("ra"),
            head -> head.text(0, ".RMF")),
    IVF("ivf", "IVF", Names.video("video/x-ivf", "ivf"), head -> head.text(0, "DKIF")),
    NUT("nut", "NUT", Names.video("video/x-nut", "nut"), head -> head.text(0, "nut/multimedia container\u0000")),
    Y4M("yuv4mpegpipe", "YUV4MPEG2", Names.video("video/x-yuv4mpeg", "y4m"), head -> head.text(0, "YUV4MPEG2 ")),
    DV(
            "dv",
            "a DV stream",
            Names.video("video/x-dv", "dv", "dif"),
            head -> head.bytes(0, 0x1F, 0x07, 0x00, 0x3F) || head.bytes(0, 0x1F, 0x07, 0x00, 0xBF)),
    FLAC("flac", "FLAC sound", Names.audio("audio/flac", "flac"), head -> head.text(0, "fLaC")),
    AMR(
            "amr",
            "AMR sound",
            Names.audio("audio/amr", "amr", "awb"),
            head -> head.text(0, "#!AMR\n") || head.text(0, "#!AMR-WB\n")),
    AIFF(
            "aiff",
            "AIFF sound",
            Names.audio("audio/aiff", "aiff", "aif", "aifc"),
            head -> head.text(0, "FORM") && (head.text(8, "AIFF") || head.text(8, "AIFC"))),
    CAF("caf", "Core Audio sound", Names.audio("audio/x-caf", "caf"), head -> head.bytes(0, 'c', 'a', 'f', 'f', 0, 1)),
    AU("au", "AU sound", Names.audio("audio/basic", "au", "snd"), head -> head.text(0, ".snd")),
    VOC("voc", "VOC sound", Names.audio("audio/x-voc", "voc"), head -> head.text(0, "Creative Voice File\u001A")),
    WAVPACK("wv", "WavPack sound", Names.audio("audio/x-wavpack", "wv"), head -> head.text(0, "wvpk")),
    APE("ape", "Monkey's Audio", Names.audio("audio/x-ape", "ape"), head -> head.text(0, "MAC ")),
    TTA("tta", "True Audio sound", Names.audio("audio/x-tta", "tta"), head -> head.text(0, "TTA1")),
    TAK("tak", "TAK sound", Names.audio("audio/x-tak", "tak"), head -> head.text(0, "tBaK")),
    MUSEPACK("mpc8", "Musepack sound", Names.audio("audio/x-musepack", "mpc"), head -> head.text(0, "MPCK")),
    MUSEPACK_7(
            "mpc",
            "Musepack sound",
            Names.audio("audio/x-musepack", "mpc"),
            head -> head.text(0, "MP+\u0007") || head.bytes(0, 'M', 'P', '+', 0x17)),
    DSF("dsf", "DSD sound", Names.audio("audio/x-dsf", "dsf"), head -> head.text(0, "DSD \u001C")),
    DTS("dts", "DTS sound", Names.audio("audio/vnd.dts", "dts"), head -> head.bytes(0, 0x7F, 0xFE, 0x80, 0x01)),
    AC3(
            "ac3",
            "AC-3 sound",
            Names.audio("audio/ac3", "ac3"),
            head -> head.chain(Frames.AC3, 0),
            head -> head.chained(Frames.AC3)),
    EAC3(
            "eac3",
            "Enhanced AC-3 sound",
            Names.audio("audio/eac3", "eac3", "ec3"),
            head -> head.chain(Frames.EAC3, 0),
            head -> head.chained(Frames.EAC3)),
    MP3(
            "mp3",
            "MP3 sound",
            Names.audio("audio/mpeg", "mp3", "mp2", "mpa"),
            head -> head.layerThree() || head.chain(Frames.MPEG_AUDIO, 0),
            head -> head.chained(Frames.MPEG_AUDIO)),
    ADTS(
            "aac",
            "AAC sound",
            Names.audio("audio/aac", "aac", "adts"),
            head -> head.bytes(0, 0xFF, 0xF1) || head.bytes(0, 0xFF, 0xF9) || head.chain(Frames.ADTS, 0),
            head -> head.chained(Frames.ADTS)),
    LOAS(
            "loas",
            "AAC sound (LOAS)",
            Names.audio("audio/aac", "loas"),
            head -> head.chain(Frames.LOAS, 0),
            head -> head.chained(Frames.LOAS)),
    PNG("a PNG picture", Names.image("image/png", "png"), head -> head.bytes(0, 0x89, 'P', 'N', 'G')),
    JPEG("a JPEG picture", Names.image("image/jpeg", "jpg", "jpeg", "jfif"), head -> head.bytes(0, 0xFF, 0xD8, 0xFF)),
    GIF("a GIF picture", Names.image("image/gif", "gif"), head -> head.text(0, "GIF8")),
    TIFF(
            "a TIFF picture",
            Names.image("image/tiff", "tif", "tiff"),
            head -> head.bytes(0, 'I', 'I', 42, 0) || head.bytes(0, 'M', 'M', 0, 42)),
    BMP("a BMP picture", Names.image("image/bmp", "bmp"), head -> head.text(0, "BM") && head.bytes(6, 0, 0, 0, 0)),
    HLS(Kind.PLAYLIST, "an HLS playlist", head -> head.opens("#EXTM3U")),
    CONCAT(Kind.PLAYLIST, "an FFmpeg concat script", head -> head.opens("ffconcat ", "file '", "file \"")),
    PLS(Kind.PLAYLIST, "a PLS playlist", head -> head.opens("[playlist]")),
    MANIFEST(Kind.PLAYLIST, "a streaming manifest", head -> head.xml("<mpd", "<smil", "<smoothstreamingmedia")),
    ASX(Kind.PLAYLIST, "an XML playlist", head -> head.xml("<asx", "<playlist", "<imf", "<compositionplaylist")),
    SDP(Kind.PLAYLIST, "a session description", head -> head.opens("v=0\n", "v=0\r\n")),
    HTML(Kind.OTHER, "a web page", head -> head.xml("<!doctype html", "<html")),
    PDF(Kind.OTHER, "a PDF document", head -> head.text(0, "%PDF")),
    ZIP(Kind.OTHER, "a ZIP archive or an Office document", head -> head.bytes(0, 'P', 'K', 3, 4)),
    GZIP(
            Kind.OTHER,
            "a gzip archive (or was stored or sent with Content-Encoding: gzip)",
            head -> head.bytes(0, 0x1F, 0x8B)),
    ZLIB(
            Kind.OTHER,
            "zlib data (or was stored or sent with Content-Encoding: deflate)",
            head -> head.bytes(0, 0x78, 0x01) || head.bytes(0, 0x78, 0x9C) || head.bytes(0, 0x78, 0xDA)),
    ZSTD(
            Kind.OTHER,
            "zstd data (or was stored or sent with Content-Encoding: zstd)",
            head -> head.bytes(0, 0x28, 0xB5, 0x2F, 0xFD)),
    SEVEN_ZIP(Kind.OTHER, "a 7z archive", head -> head.bytes(0, '7', 'z', 0xBC, 0xAF)),
    RAR(Kind.OTHER, "a RAR archive", head -> head.text(0, "Rar!")),
    PROGRAM(Kind.OTHER, "a program", head -> head.bytes(0, 0x7F, 'E', 'L', 'F') || head.bytes(0, 'M', 'Z', 0x90)),
    RAW_VIDEO(Kind.OTHER, "a raw H.264 or HEVC stream without a container", FileHead::rawVideo),
    TEXT(Kind.OTHER, "text", FileHead::isText);
    /** Says how Caravan treats a kind of file. */
    public enum Kind {
        /** FFmpeg may read it, with this demuxer. */
        MEDIA,
        IMAGE,
        /** Names other files: never opened. */
        PLAYLIST,
        OTHER
    }

    private static final List<Container> IN_ORDER = List.of(values());

    private final Kind kind;
    private final String demuxer;
    private final String label;
    private final Names names;
    private final Predicate<FileHead> sign;
    private final Predicate<FileHead> further;

    /** Defines a file of another kind. */
    Container(Kind kind, String label, Predicate<FileHead> sign) {
        this(kind, null, label, Names.NONE, sign, head -> false);
    }

    /** Defines a picture. */
    Container(String label, Names names, Predicate<FileHead> sign) {
        this(Kind.IMAGE, null, label, names, sign, head -> false);
    }

    /** Defines media. */
    Container(String demuxer, String label, Names names, Predicate<FileHead> sign) {
        this(demuxer, label, names, sign, head -> false);
    }

    /** @param further recognises the kind where it does not begin with the first byte */
    Container(String demuxer, String label, Names names, Predicate<FileHead> sign, Predicate<FileHead> further) {
        this(Kind.MEDIA, demuxer, label, names, sign, further);
    }

    Container(
            Kind kind, String demuxer, String label, Names names, Predicate<FileHead> sign, Predicate<FileHead> later) {
        this.kind = kind;
        this.demuxer = demuxer;
        this.label = label;
        this.names = names;
        this.sign = sign;
        this.further = later;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns FFmpeg's name of the one demuxer that may read it; null for a kind that is refused. */
    public String demuxer() {
        return demuxer;
    }

    public String label() {
        return label;
    }

    /** Returns the extension of stored files, without the dot. */
    public String extension() {
        return names.stored();
    }

    public String contentType() {
        return names.contentType();
    }

    public static Optional<Container> of(FileHead head) {
        return first(head, container -> container.sign)
                .or(() -> first(head, container -> container.further))
                .or(() -> head.tagged() ? Optional.of(MP3) : Optional.empty());
    }

    private static Optional<Container> first(FileHead head, Function<Container, Predicate<FileHead>> test) {
        return IN_ORDER.stream()
                .filter(container -> test.apply(container).test(head))
                .findFirst();
    }

    /** Returns true for streams that can be joined byte by byte: no index, and timestamps that may start again. */
    public boolean timeMayBreak() {
        return this == MPEG_TS || this == MPEG_PS;
    }

    /** @throws IllegalArgumentException when the demuxer reads no container */
    public static Container readBy(String demuxer) {
        return Arrays.stream(values())
                .filter(container -> demuxer.equals(container.demuxer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No container is read with " + demuxer));
    }

    Names names() {
        return names;
    }
}
