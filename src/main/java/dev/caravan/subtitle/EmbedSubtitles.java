package dev.caravan.subtitle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.json.Json;
import dev.caravan.media.EncodedVideo;
import dev.caravan.media.EncoderOptions;
import dev.caravan.media.MeasuredSound;
import dev.caravan.media.Options;
import dev.caravan.media.Probe;
import dev.caravan.media.SourceValues;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.storage.PlainFile;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * The Java side of embed-subtitles-action: plans the run that the Kamelet spells out, and checks that the track is there.
 */
public final class EmbedSubtitles {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "embed.options";

    private static final String CUES = "embed.cues";
    /** Codecs that players of MP4 know; ISO/IEC 14496-12 allows more. */
    private static final Set<String> PICTURES = Set.of("h264", "hevc", "av1", "mpeg4");

    private static final Set<String> SOUNDS = Set.of("aac", "mp3", "ac3", "eac3", "alac");

    private final Files files;
    private final SrtFile srt;
    private final EncodedVideo encoded;

    EmbedSubtitles(Files files, SrtFile srt, EncodedVideo encoded) {
        this.files = files;
        this.srt = srt;
        this.encoded = encoded;
    }

    /** Prepares the run that muxes picture, sound and subtitles. */
    public void plan(Exchange exchange) {
        Path workspace = StepContext.of(exchange).workspace();
        Probe probe = Probe.of(exchange);
        Options options = Options.of(exchange, OPTIONS);
        MeasuredSound sound = MeasuredSound.of(exchange);
        Map<String, Object> values = SourceValues.of(probe);
        values.putAll(sound.values());
        values.putAll(EncoderOptions.of(options).values());
        values.put("copies", PICTURES.contains(probe.video().codec()));
        values.put("hevc", probe.video().codec().equals("hevc"));
        values.put(
                "copies_sound",
                sound.present()
                        && sound.isEven()
                        && SOUNDS.contains(probe.audio().codec()));
        values.put(
                "language", options.matching("language", "[a-z]{3}", "three letters of ISO 639-2, such as eng or und"));
        MediaFile source = exchange.getMessage().getBody(MediaFile.class);
        sound.into(FfmpegCall.with(values)
                        .input("source", files.fetch(source, workspace), probe.container())
                        .input("subtitles", write(exchange, workspace), "mov")
                        .output("output", EncodedVideo.local(exchange))
                        .lasting(probe.duration()))
                .on(exchange);
    }

    /**
     * Reports what was written, after {@link EncodedVideo} has checked it.
     *
     * @throws StepException transient {@code OUTPUT_INVALID}
     */
    public void finish(Exchange exchange) {
        long samples = samples(FfmpegResult.of(exchange).output());
        int cues = exchange.getProperty(CUES, int.class);
        if (samples < cues) {
            throw StepException.transientFailure(
                            "OUTPUT_INVALID",
                            "FFmpeg reported success, but the track of subtitles holds %d of %d cues"
                                    .formatted(samples, cues),
                            "If it happens again with this file, report it together with the file.")
                    .permanentWhenRepeated();
        }
        Map<String, Object> summary = encoded.finishCopy(exchange);
        summary.put("cues", SubtitlesFile.of(exchange).cues());
        exchange.setVariable("embed", summary);
    }

    /** Counts the samples; those of mov_text include the gaps between cues. */
    private static long samples(String json) {
        try {
            for (JsonNode stream : Json.MAPPER.readTree(json).path("streams")) {
                if (stream.path("codec_name").asText().equals("mov_text")) {
                    return stream.path("nb_frames").asLong();
                }
            }
            return 0;
        } catch (JsonProcessingException e) {
            return 0;
        }
    }

    private Path write(Exchange exchange, Path workspace) {
        List<Cue> cues = srt.read(files.fetch(SubtitlesFile.of(exchange).file(), workspace))
                .cues();
        List<Cue> seen =
                NonOverlappingCues.of(cues, Math.round(Probe.of(exchange).duration() * 1000));
        exchange.setProperty(CUES, seen.size());
        try {
            return PlainFile.write(workspace.resolve("track.mp4"), TextTrack.of(seen));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
