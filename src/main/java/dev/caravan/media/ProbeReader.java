package dev.caravan.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.Decoders;
import java.util.List;
import java.util.Optional;

/** Turns the output of {@code ffprobe -show_format -show_streams -of json} into a {@link Probe}; trusts none of it. */
final class ProbeReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final long maxPixels;
    private final Decoders decoders;

    /** @param maxPixels pictures with more are refused */
    ProbeReader(long maxPixels, Decoders decoders) {
        this.maxPixels = maxPixels;
        this.decoders = decoders;
    }

    /**
     * @param container the demuxer that reads the file
     * @param size bytes
     * @param packets {@link Packets#NONE} unless a pass over all packets was made
     * @throws StepException permanent {@code PICTURE_TOO_LARGE}, or transient when ffprobe wrote no JSON
     */
    Probe read(String json, String container, long size, Packets packets) {
        JsonNode root = tree(json);
        double fileDuration = ProbeFields.seconds(root.path("format"), "duration");
        double origin = ProbeFields.timestamp(root.path("format"), "start_time");
        FileTimes times = new FileTimes(fileDuration, origin, packets);
        boolean countsFrames = container.equals("mov");
        Tracks tracks = new Tracks(root, packets, decoders);
        Optional<JsonNode> picture = tracks.picture();
        Optional<JsonNode> sound = tracks.sound(picture);
        Probe.Video video = picture.map(stream -> new VideoReader(stream, times, countsFrames).read(maxPixels))
                .orElse(null);
        Probe.Audio audio = sound.map(stream -> audio(stream, times, !countsFrames && picture.isEmpty()))
                .orElse(null);
        List<Probe.LeftOut> leftOut = tracks.leftOut(picture, sound);
        return new Probe(
                container,
                times.duration(video, audio),
                size,
                video,
                audio,
                TrackTags.languages(root),
                leftOut.isEmpty() ? null : leftOut);
    }

    /** @param guessed true if no index gives the length: an MP4 has one, which may cut the sound on purpose */
    private static Probe.Audio audio(JsonNode stream, FileTimes times, boolean guessed) {
        return new Probe.Audio(
                ProbeFields.integer(stream, "index"),
                stream.path("codec_name").asText("unknown"),
                ProbeFields.integer(stream, "channels"),
                ProbeFields.integer(stream, "sample_rate"),
                ProbeFields.whole(stream, "bit_rate"),
                times.start(stream),
                guessed ? times.soundDuration(stream) : times.duration(stream));
    }

    /** True if the header of an MP4 counts no samples of a track that may be chosen: it may be empty. */
    boolean countsNothing(String json, String container) {
        return container.equals("mov") && new Tracks(tree(json), Packets.NONE, decoders).countNothing();
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
