package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.format.Container;
import dev.caravan.json.Json;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Made;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The Java side of extract-audio-action: chooses the file's format, plans the run that writes it, and checks the result. */
public final class ExtractAudio {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "audio.options";

    /** Exchange property: true if two channels are mixed into one. */
    static final String WEIGH = "audio.weigh";

    /** The file name in the Kamelet's filter graph; FFmpeg runs in the workspace. */
    private static final String LEVELS = "levels.txt";

    private static final List<String> FORMATS = List.of("wav", "copy");
    /** Durations of packets and of edit lists are inexact. Seconds. */
    private static final double INEXACT = 0.5;

    private final Files files;
    private final ProbeReader reader;
    private final double minIntact;

    /** @param minIntact the part of the sound that must be readable, 0 to 1 */
    ExtractAudio(Files files, ProbeReader reader, double minIntact) {
        this.files = files;
        this.reader = reader;
        this.minIntact = minIntact;
    }

    /** Prepares the run that writes the sound. */
    public void plan(Exchange exchange) {
        Probe probe = Probe.of(exchange);
        Target sound = sound(exchange);
        MeasuredSound heard = MeasuredSound.of(exchange);
        if (sound.speech() && !heard.present()) {
            throw UnreadableTracks.because("No sound could be decoded", exchange);
        }
        exchange.setProperty(WEIGH, sound.speech() && heard.channels() > 1);
        Map<String, Object> values = heard.values();
        values.put("turned", false);
        values.put("track", probe.audio().stream());
        values.put("speech", sound.speech());
        values.put("muxer", sound.track().muxer);
        values.put("indexed", sound.track().demuxer.equals("mov"));
        MediaFile source = exchange.getMessage().getBody(MediaFile.class);
        heard.into(FfmpegCall.with(values)
                        .input(
                                "source",
                                files.fetch(source, StepContext.of(exchange).workspace()),
                                probe.container())
                        .output("output", local(exchange, sound))
                        .lasting(probe.duration()))
                .on(exchange);
    }

    /** Checks whether left and right cancel each other; if so, they are mixed in another way. */
    public void weigh(Exchange exchange) {
        StepContext step = StepContext.of(exchange);
        double seconds = ChannelLevels.cancelled(step.workspace().resolve(LEVELS));
        if (seconds > 0) {
            step.warn(
                    "SOUND_CANCELS",
                    "Left and right cancel each other for %.1f s, one of them is inverted: they were mixed a quarter turn apart"
                            .formatted(seconds));
        }
        exchange.getProperty(FfmpegCall.PROPERTY, FfmpegCall.class)
                .value("turned", seconds > 0)
                .on(exchange);
    }

    /** Prepares the ffprobe run over the written file. */
    public void planCheck(Exchange exchange) {
        Target sound = sound(exchange);
        Path local = local(exchange, sound);
        FfmpegCall.with(Map.of()).input("source", local, sound.track().demuxer).on(exchange);
    }

    /**
     * Stores the file, and leaves the variable {@code audio}.
     *
     * @throws StepException transient {@code OUTPUT_INVALID}, permanent {@code MEDIA_MOSTLY_UNREADABLE}
     */
    public void finish(Exchange exchange) {
        StepContext step = StepContext.of(exchange);
        Target sound = sound(exchange);
        Path local = local(exchange, sound);
        Probe written = reader.read(
                FfmpegResult.of(exchange).output(), sound.track().demuxer, StepOutput.size(local), Packets.NONE);
        AudioTrack.require(written.audio(), sound.codec(), sound.channels(), sound.sampleRate());
        judge(Probe.of(exchange).audio(), written.duration(), missing(exchange), step);
        Made made = StepOutput.made(
                        files, step, local, sound.type(), sound.track().extension, sound.track().contentType)
                .lasting(written.duration());
        exchange.setVariable(
                "audio",
                Map.of(
                        "codec",
                        sound.codec(),
                        "channels",
                        sound.channels(),
                        "sample_rate",
                        sound.sampleRate(),
                        Made.FILES,
                        List.of(Json.toMap(made))));
    }

    /** Checks the bytes: a file that was cut off promises no packets that it does not have, but it promises bytes. */
    private Optional<FileEnd> missing(Exchange exchange) {
        MediaFile source = exchange.getMessage().getBody(MediaFile.class);
        return FileEnd.missing(
                files.fetch(source, StepContext.of(exchange).workspace()),
                Container.readBy(Probe.of(exchange).container()));
    }

    private void judge(Probe.Audio source, double came, Optional<FileEnd> cut, StepContext step) {
        double missing = source.duration() - came;
        boolean shorter = source.duration() > 0 && missing >= Math.max(INEXACT, source.duration() * 0.01);
        if (!shorter && cut.isEmpty()) {
            return;
        }
        String message = shorter
                ? "Of %.1f s of sound only %.1f s could be read".formatted(source.duration(), came)
                : cut.orElseThrow().sentence();
        double intact = Math.min(
                shorter ? came / source.duration() : 1, cut.map(FileEnd::part).orElse(1.0));
        if (intact < minIntact) {
            throw StepException.permanent(
                    "MEDIA_MOSTLY_UNREADABLE", message, "Check that the file plays to its end, and upload it again.");
        }
        step.warn("PARTLY_DAMAGED", message);
    }

    private static Path local(Exchange exchange, Target sound) {
        return StepOutput.local(StepContext.of(exchange), sound.type(), sound.track().extension);
    }

    private static Target sound(Exchange exchange) {
        Options options = Options.of(exchange, OPTIONS);
        Probe.Audio source = Probe.of(exchange).audio();
        return options.oneOf("format", FORMATS).equals("wav")
                ? new Target("speech-audio", AudioTrack.WAV, "pcm_s16le", 1, 16_000)
                : new Target(
                        "audio-track",
                        AudioTrack.of(source.codec()),
                        source.codec(),
                        source.channels(),
                        source.sampleRate());
    }

    /** @param type of the derivative */
    private record Target(String type, AudioTrack track, String codec, int channels, int sampleRate) {
        private boolean speech() {
            return type.equals("speech-audio");
        }
    }
}
