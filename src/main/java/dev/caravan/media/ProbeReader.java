package dev.caravan.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.failure.StepException;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Turns what {@code ffprobe -show_format -show_streams -of json} says into a {@link Probe}; believes none of it. */
final class ProbeReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What FFmpeg adds to the score of a stream that is marked as default (ffmpeg_opt.c). */
    private static final long DEFAULT_BONUS = 5_000_000;

    private final long maxPixels;

    /** @param maxPixels pictures with more are refused */
    ProbeReader(long maxPixels) {
        this.maxPixels = maxPixels;
    }

    /**
     * @param container the demuxer that reads the file
     * @param size bytes
     * @param packets {@link Packets#NONE} unless the file was passed over
     * @throws StepException permanent {@code PICTURE_TOO_LARGE}, or transient when ffprobe wrote no JSON
     */
    Probe read(String json, String container, long size, Packets packets) {
        JsonNode root = tree(json);
        double fileDuration = Facts.seconds(root.path("format"), "duration");
        double origin = Facts.timestamp(root.path("format"), "start_time");
        FileTimes times = new FileTimes(fileDuration, origin, packets);
        boolean countsFrames = container.equals("mov");
        Probe.Video video = best(root, "video", packets, ProbeReader::pictureScore)
                .or(() -> best(root, "video", Packets.NONE, ProbeReader::pictureScore))
                .map(stream -> new VideoReader(stream, times, countsFrames).read(maxPixels))
                .orElse(null);
        Probe.Audio audio = best(root, "audio", packets, ProbeReader::soundScore)
                .map(stream -> audio(stream, times))
                .orElse(null);
        return new Probe(container, times.duration(video, audio), size, video, audio, Tags.languages(root));
    }

    private static Probe.Audio audio(JsonNode stream, FileTimes times) {
        return new Probe.Audio(
                Facts.integer(stream, "index"),
                stream.path("codec_name").asText("unknown"),
                Facts.integer(stream, "channels"),
                Facts.integer(stream, "sample_rate"),
                Facts.whole(stream, "bit_rate"),
                times.start(stream),
                times.duration(stream));
    }

    /** True where the header of an MP4 counts no samples of a track that may be chosen: it may be empty. */
    static boolean countsNothing(String json, String container) {
        JsonNode root = tree(json);
        return container.equals("mov")
                && Stream.of("video", "audio")
                        .flatMap(type -> choice(root, type))
                        .anyMatch(stream -> Facts.whole(stream, "nb_frames") == 0);
    }

    /**
     * The stream that FFmpeg would choose by itself; never a cover picture, none that it has no decoder for, and none that
     * is known to be empty.
     */
    private static Optional<JsonNode> best(
            JsonNode root, String type, Packets packets, ToLongFunction<JsonNode> score) {
        return choice(root, type)
                .filter(stream -> !packets.known()
                        || packets.track(Facts.integer(stream, "index")).count() > 0)
                .max(Comparator.comparingLong(score).thenComparing(firstOne()));
    }

    private static Stream<JsonNode> choice(JsonNode root, String type) {
        return StreamSupport.stream(root.path("streams").spliterator(), false)
                .filter(stream -> type.equals(stream.path("codec_type").asText()))
                .filter(stream -> !stream.path("codec_name").asText("unknown").equals("unknown"))
                .filter(stream ->
                        stream.path("disposition").path("attached_pic").asInt() == 0);
    }

    private static Comparator<JsonNode> firstOne() {
        return Comparator.comparingInt((JsonNode stream) -> Facts.integer(stream, "index"))
                .reversed();
    }

    private static long pictureScore(JsonNode stream) {
        return (long) Facts.integer(stream, "width") * Facts.integer(stream, "height") + bonus(stream);
    }

    /** FFmpeg looks at the channels only; of streams that are equal in them the finer one is taken. */
    private static long soundScore(JsonNode stream) {
        long channels = Facts.integer(stream, "channels") + bonus(stream);
        return channels * 1_000_000 + Math.min(999_999, Facts.integer(stream, "sample_rate"));
    }

    private static long bonus(JsonNode stream) {
        return stream.path("disposition").path("default").asInt() == 0 ? 0 : DEFAULT_BONUS;
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw StepException.transientFailure(
                    "PROBE_FAILED", "ffprobe wrote no JSON", "If it happens again, check the ffprobe of this worker.");
        }
    }
}
