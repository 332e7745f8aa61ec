package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.format.Container;
import dev.caravan.storage.PlainFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** A file that FFmpeg wrote for a pipeline's own arguments, to be compared with what the pipeline promised. */
record WrittenFile(OutputFormat format, Path file) {
    /** Durations are inexact by the length of a packet of sound or of a frame. Seconds. */
    private static final double INEXACT = 0.5;

    /**
     * The content of the file.
     *
     * @param width pixels, 0 without a picture
     * @param duration seconds, 0 for a still picture
     */
    record Facts(boolean picture, boolean sound, int width, int height, double duration, Map<String, Object> summary) {}

    /**
     * Checks the bytes, before ffprobe reads them.
     *
     * @throws StepException transient {@code OUTPUT_INVALID}
     */
    void requireWhole() {
        if (!PlainFile.exists(file) || StepOutput.size(file) == 0) {
            throw invalid("it is missing or empty");
        }
        Optional<Container> kind = Sniffer.kind(file);
        if (kind.filter(format.container::equals).isEmpty()) {
            throw invalid("it is no %s but %s"
                    .formatted(format.extension, kind.map(Container::label).orElse("of an unknown kind")));
        } else if (format.indexed() && !FastStart.isSet(file)) {
            throw invalid("its index does not stand at the front (-movflags +faststart)");
        } else if (format.indexed() && !FastStart.isWhole(file)) {
            throw invalid("its end is missing");
        }
    }

    /** Returns the facts from ffprobe, which ran last. */
    Facts probed(Exchange exchange, ProbeReader reader) {
        long size = StepOutput.size(file);
        Probe probe = reader.read(FfmpegResult.of(exchange).output(), format.demuxer, size, Packets.NONE);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("format", format.extension);
        summary.put("size", size);
        if (format.lasts()) {
            summary.put("duration", probe.duration());
        }
        Optional.ofNullable(probe.video()).ifPresent(video -> {
            summary.put("width", video.width());
            summary.put("height", video.height());
            summary.put("video_codec", video.codec());
        });
        Optional.ofNullable(probe.audio()).ifPresent(audio -> summary.put("audio_codec", audio.codec()));
        return new Facts(
                probe.video() != null,
                probe.audio() != null,
                probe.video() == null ? 0 : probe.video().width(),
                probe.video() == null ? 0 : probe.video().height(),
                format.lasts() ? probe.duration() : 0,
                summary);
    }

    /** Returns the facts from the file's own header, since FFmpeg cannot read its own animations. */
    Facts animation() {
        WebpFile webp = WebpFile.read(file);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("format", format.extension);
        summary.put("size", StepOutput.size(file));
        summary.put("duration", webp.duration());
        summary.put("width", webp.width());
        summary.put("height", webp.height());
        summary.put("frames", webp.frames());
        return new Facts(webp.frames() > 0, false, webp.width(), webp.height(), webp.duration(), summary);
    }

    /**
     * @param damaged whether the source could not be read to its end, so that a shorter file is no mistake
     * @throws StepException transient {@code OUTPUT_INVALID} that names every difference
     */
    void verify(Facts facts, Holds holds, OutputLength length, boolean damaged) {
        List<String> wrong = new ArrayList<>();
        if (facts.picture() != holds.picture()) {
            wrong.add(holds.picture() ? "it lacks the picture" : "it has a picture");
        }
        if (facts.sound() != holds.sound()) {
            wrong.add(holds.sound() ? "it lacks the sound" : "it has sound");
        }
        length.length().ifPresent(promised -> {
            double differs = facts.duration() - promised;
            double inexact = INEXACT + promised * 0.01;
            // If nothing moves, an animation is a single picture that is shown for any length of time.
            boolean stands = format.content == OutputFormat.Content.ANIMATION && facts.duration() == 0;
            if (differs > inexact || -differs > inexact && !damaged && !stands) {
                wrong.add("it lasts %.2f s instead of %.2f s".formatted(facts.duration(), promised));
            }
        });
        if (!wrong.isEmpty()) {
            throw invalid(String.join("; ", wrong));
        }
    }

    private static StepException invalid(String differences) {
        return StepException.transientFailure(
                        "OUTPUT_INVALID",
                        "FFmpeg reported success, but the file is not what the step promises: " + differences,
                        "Correct the arguments of the step, or its parameters format, holds and lasts.")
                .permanentWhenRepeated();
    }
}
