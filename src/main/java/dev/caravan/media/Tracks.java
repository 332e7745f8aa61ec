package dev.caravan.media;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ffmpeg.Decoders;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads the tracks of a file from ffprobe's JSON, and chooses the one picture and the one sound to use. Excludes cover
 * pictures and tracks that have no decoder, are encrypted, or are known to be empty. The result has two channels, so more
 * of them are no reason to prefer a track.
 */
final class Tracks {
    /** Codecs of still pictures, unless their frames are counted. */
    private static final Set<String> STILLS =
            Set.of("mjpeg", "png", "bmp", "gif", "tiff", "webp", "jpeg2000", "jpegls", "ljpeg");
    /** Tags of encrypted samples: ISO/IEC 14496-12 and 23001-7, Apple's FairPlay, Audible. */
    private static final Set<String> ENCRYPTED = Set.of("encv", "enca", "drms", "drmi", "aavd");

    /** A track with fewer frames is a slide show. Frames per second. */
    private static final double MOVES = 5;

    private static final List<String> SET_BACK =
            List.of("comment", "visual_impaired", "hearing_impaired", "lyrics", "karaoke");

    private final JsonNode root;
    private final Packets packets;
    private final Decoders decoders;

    Tracks(JsonNode root, Packets packets, Decoders decoders) {
        this.root = root;
        this.packets = packets;
        this.decoders = decoders;
    }

    Optional<JsonNode> picture() {
        Comparator<JsonNode> better = Comparator.comparing(this::moves)
                .thenComparing(Tracks::isDefault)
                .thenComparing(this::runs)
                .thenComparing(Tracks::pixels);
        return best("video", better, true).or(() -> best("video", better, false));
    }

    /** @param picture chosen picture, whose language decides between equal sounds */
    Optional<JsonNode> sound(Optional<JsonNode> picture) {
        String language = picture.map(TrackTags::language).orElse("");
        Comparator<JsonNode> better = Comparator.comparing(Tracks::isDefault)
                .thenComparing(Tracks::isProgramme)
                .thenComparing(stream ->
                        !language.isEmpty() && TrackTags.language(stream).equals(language))
                .thenComparingInt(stream -> Math.min(StandardFormat.CHANNELS, ProbeFields.integer(stream, "channels")))
                .thenComparingInt(stream -> ProbeFields.integer(stream, "sample_rate"));
        return best("audio", better, true);
    }

    /** True if the header counts no samples of a track that may be chosen: it may be empty. */
    boolean countNothing() {
        return Stream.of("video", "audio")
                .flatMap(this::choice)
                .anyMatch(stream -> ProbeFields.whole(stream, "nb_frames") == 0);
    }

    /** Returns pictures and sound that are not used, except covers. */
    List<Probe.LeftOut> leftOut(Optional<JsonNode> picture, Optional<JsonNode> sound) {
        return Stream.of("video", "audio")
                .flatMap(this::all)
                .filter(stream -> picture.filter(stream::equals).isEmpty())
                .filter(stream -> sound.filter(stream::equals).isEmpty())
                .map(this::leftOut)
                .toList();
    }

    private Probe.LeftOut leftOut(JsonNode stream) {
        String language = TrackTags.language(stream);
        return new Probe.LeftOut(
                ProbeFields.integer(stream, "index"),
                stream.path("codec_type").asText(),
                codec(stream),
                language.isEmpty() ? null : language,
                encrypted(stream) ? "encrypted" : !decoders.read(name(stream)) ? "no-decoder" : "other-chosen");
    }

    private Optional<JsonNode> best(String type, Comparator<JsonNode> better, boolean filled) {
        return choice(type)
                .filter(stream -> !filled || !packets.known() || counted(stream) > 0)
                .max(better.thenComparing(firstOne()));
    }

    private Stream<JsonNode> choice(String type) {
        return all(type).filter(stream -> decoders.read(name(stream))).filter(stream -> !encrypted(stream));
    }

    private Stream<JsonNode> all(String type) {
        return StreamSupport.stream(root.path("streams").spliterator(), false)
                .filter(stream -> type.equals(stream.path("codec_type").asText()))
                .filter(stream -> !is(stream, "attached_pic"));
    }

    private static String name(JsonNode stream) {
        return stream.path("codec_name").asText("unknown");
    }

    /** Returns the codec's name, or the tag in the file if FFmpeg has no name for it. */
    private static String codec(JsonNode stream) {
        return name(stream).equals("unknown") ? stream.path("codec_tag_string").asText("unknown") : name(stream);
    }

    private static boolean encrypted(JsonNode stream) {
        return ENCRYPTED.contains(stream.path("codec_tag_string").asText().toLowerCase(Locale.ROOT));
    }

    private long counted(JsonNode stream) {
        return packets.track(ProbeFields.integer(stream, "index")).count();
    }

    /** Tells whether the track has more than one still picture. */
    private boolean moves(JsonNode stream) {
        long frames = Math.max(ProbeFields.whole(stream, "nb_frames"), counted(stream));
        return frames > 1 || frames == 0 && !STILLS.contains(name(stream));
    }

    /** Tells whether the track is a film rather than a slide show. */
    private boolean runs(JsonNode stream) {
        double rate = ProbeFields.ratio(stream.path("avg_frame_rate").asText(""), 0, Double.MAX_VALUE, 0);
        double seen = packets.track(ProbeFields.integer(stream, "index")).rate();
        return Math.max(rate, seen) >= MOVES;
    }

    /** True unless the track is a commentary or made for people who cannot see or hear. */
    private static boolean isProgramme(JsonNode stream) {
        String title = stream.path("tags").path("title").asText("").toLowerCase(Locale.ROOT);
        return SET_BACK.stream().noneMatch(disposition -> is(stream, disposition))
                && !title.contains("commentary")
                && !title.contains("descript");
    }

    private static boolean isDefault(JsonNode stream) {
        return is(stream, "default");
    }

    private static boolean is(JsonNode stream, String disposition) {
        return stream.path("disposition").path(disposition).asInt() != 0;
    }

    private static long pixels(JsonNode stream) {
        return (long) ProbeFields.integer(stream, "width") * ProbeFields.integer(stream, "height");
    }

    private static Comparator<JsonNode> firstOne() {
        return Comparator.comparingInt((JsonNode stream) -> ProbeFields.integer(stream, "index"))
                .reversed();
    }
}
