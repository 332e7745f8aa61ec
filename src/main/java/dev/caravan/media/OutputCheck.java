package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.storage.PlainFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares the written file with what was promised. Exit code 0 is not success. */
final class OutputCheck {
    /** Durations of sources are inexact by about the length of a packet of sound. Seconds. */
    private static final double INEXACT = 0.5;

    private final OutputSpec outputSpec;
    private final long decoded;
    private final List<String> wrong = new ArrayList<>();

    /** @param decoded frames that the encoder was given, for a promise to keep them all */
    OutputCheck(OutputSpec outputSpec, long decoded) {
        this.outputSpec = outputSpec;
        this.decoded = decoded;
    }

    /** @throws StepException transient {@code OUTPUT_INVALID} that names every difference */
    void verify(Probe source, Probe written, Damage damage) {
        expect(written.video() != null && written.audio() != null, "it lacks the picture or the sound");
        if (wrong.isEmpty()) {
            picture(written.video());
            sound(written.audio());
            duration(source, written, damage);
        }
        if (!wrong.isEmpty()) {
            throw invalid(String.join("; ", wrong));
        }
    }

    /** Checks a copy: shape, sound and length are those of the source. */
    void verifyCopy(Probe source, Probe written, Damage damage) {
        expect(written.video() != null, "it lacks the picture");
        expect(source.audio() == null || written.audio() != null, "it lacks the sound");
        if (wrong.isEmpty()) {
            String size = written.video().width() + "x" + written.video().height();
            boolean fits = Math.abs(written.video().width() - outputSpec.width()) <= 1
                    && Math.abs(written.video().height() - outputSpec.height()) <= 1;
            expect(fits, "size " + size + " instead of " + outputSpec.width() + "x" + outputSpec.height());
            duration(source, written, damage);
        }
        if (!wrong.isEmpty()) {
            throw invalid(String.join("; ", wrong));
        }
    }

    /**
     * Checks the file before ffprobe reads it: a file without its index must not be taken for an unreadable upload, and
     * of one without its end ffprobe sees nothing but the index.
     *
     * @throws StepException transient {@code OUTPUT_INVALID}
     */
    static void requireComplete(Path file) {
        if (!PlainFile.exists(file) || !FastStart.isSet(file)) {
            throw invalid("its index does not stand at the front");
        }
        if (!FastStart.isWhole(file)) {
            throw invalid("its end is missing");
        }
    }

    private static StepException invalid(String differences) {
        return StepException.transientFailure(
                        "OUTPUT_INVALID",
                        "FFmpeg reported success, but the video is not as promised: " + differences,
                        "If it happens again with this file, report it together with the file.")
                .permanentWhenRepeated();
    }

    private void picture(Probe.Video video) {
        String size = video.codedWidth() + "x" + video.codedHeight();
        String promised = outputSpec.width() + "x" + outputSpec.height();
        expect(size.equals(promised), "size " + size + " instead of " + promised);
        expect(video.sampleAspectRatio() == 1, "its pixels are not square");
        expect(video.rotation() == 0 && !video.mirrored(), "it is marked as turned");
        expect(video.codec().equals(outputSpec.codec()), "codec " + video.codec());
        expect(video.pixelFormat().equals("yuv420p"), "pixel format " + video.pixelFormat());
        if (outputSpec.fps() > 0) {
            expect(Math.abs(video.frameRate() - outputSpec.fps()) < 0.001, video.frameRate() + " frames per second");
            expect(!video.variableFrameRate(), "its frame rate varies");
        }
        long frames = outputSpec.fps() > 0 ? Math.round(video.duration() * outputSpec.fps()) : decoded;
        expect(Math.abs(video.frames() - frames) <= 1, video.frames() + " frames instead of " + frames);
    }

    private void sound(Probe.Audio audio) {
        expect(audio.codec().equals("aac"), "sound codec " + audio.codec());
        expect(audio.channels() == StandardFormat.CHANNELS, audio.channels() + " channels");
        expect(audio.sampleRate() == StandardFormat.SAMPLE_RATE, audio.sampleRate() + " Hz");
    }

    /** A claimed length is no reason to refuse: it counts only if fewer frames were written than were decoded. */
    private void duration(Probe source, Probe written, Damage damage) {
        double promised = source.duration();
        if (damage.none() && promised > 0 && !hasFrames(source.video(), written.video())) {
            expect(
                    Math.abs(written.duration() - promised) < INEXACT + promised * 0.01,
                    "it lasts %.2f s instead of %.2f s".formatted(written.duration(), promised));
        }
    }

    private boolean hasFrames(Probe.Video source, Probe.Video written) {
        double kept = source.frameRate() > written.frameRate() ? written.frameRate() / source.frameRate() : 1;
        return decoded > 1 && written.frames() >= decoded * kept - 1;
    }

    private void expect(boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            wrong.add(otherwise);
        }
    }
}
