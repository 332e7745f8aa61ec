package dev.caravan.media;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegResult;
import java.util.Optional;

/**
 * The part of a file that could not be read. FFmpeg may lose most of a file and still exit with code 0; Damage counts
 * what FFmpeg read and decoded instead.
 *
 * @param lost missing or damaged frames of the picture
 * @param frames frames that the file promises
 * @param soundLost missing or damaged packets of the sound
 * @param claimed lost frames for which the only evidence is a length that the header claims: everything that the file
 *     holds was read without an error
 */
record Damage(long lost, long frames, long soundLost, long soundPackets, long claimed) {
    private static final double NOTICEABLE_SOUND = 0.01;
    /** Below this, output is not shorter but durations are inexact. Seconds. */
    private static final double INEXACT = 0.5;

    private static final double MUCH_SHORTER = 0.95;
    private static final long INEXACT_FRAMES = 2;
    /** The index of MP4 names each frame and its position; other headers give a length at most. */
    private static final String INDEXED = "mov";

    Damage(long lost, long frames, long soundLost, long soundPackets) {
        this(lost, frames, soundLost, soundPackets, 0);
    }

    static Damage of(Probe source, FfmpegResult result) {
        FfmpegResult.StreamStatistics picture = result.input(source.video().stream());
        long promised = source.video().frames() > 0 ? source.video().frames() : picture.packets();
        long missing = missing(promised, picture.packets(), result.decodeErrors());
        long undecoded = undecoded(Math.min(promised, picture.packets()), picture, result.decodeErrors());
        FfmpegResult.StreamStatistics sound = result.input(source.audio() == null ? -1 : source.audio().stream());
        return new Damage(
                Math.min(promised, missing + undecoded + picture.corrupt()),
                promised,
                undecoded(sound.packets(), sound, result.decodeErrors()),
                sound.packets(),
                result.decodeErrors() == 0 && !source.container().equals(INDEXED) ? missing : 0);
    }

    /** Returns the damage to the sound alone, from a run that decoded nothing else. */
    static Damage ofSound(Probe source, FfmpegResult result) {
        FfmpegResult.StreamStatistics sound = result.input(source.audio().stream());
        return new Damage(0, 0, undecoded(sound.packets(), sound, result.decodeErrors()), sound.packets());
    }

    /** Headers may be wrong by a frame or two, those of AVI above all: without an error as well, that is no loss. */
    private static long missing(long promised, long packets, long errors) {
        long missing = Math.max(0, promised - packets);
        return errors == 0 && missing <= INEXACT_FRAMES ? 0 : missing;
    }

    /** Packets may hold half a frame, or none that is shown: missing frames mean loss only together with errors. */
    private static long undecoded(long packets, FfmpegResult.StreamStatistics stream, long errors) {
        return errors == 0 ? 0 : Math.max(0, packets - stream.frames());
    }

    /**
     * Takes into account that the output is much shorter than the source promised although no loss was seen. If every
     * decoded frame was written, the promise was wrong.
     */
    Damage with(Probe source, Probe written) {
        double promised = source.video().end();
        double came = written.video() == null ? 0 : written.video().end();
        boolean shorter = promised - came >= INEXACT && came <= promised * MUCH_SHORTER;
        if (!shorter || written.video() != null && hasFrames(source.video(), written.video())) {
            return this;
        }
        long absent = Math.round(frames * (1 - came / promised));
        return new Damage(Math.max(lost, absent), frames, soundLost, soundPackets, claimed);
    }

    private boolean hasFrames(Probe.Video source, Probe.Video written) {
        double kept = source.frameRate() > written.frameRate() ? written.frameRate() / source.frameRate() : 1;
        return lost == 0 && written.frames() >= frames * kept - INEXACT_FRAMES;
    }

    boolean none() {
        return lost == 0 && soundLost == 0;
    }

    /** @throws StepException permanent {@code MEDIA_MOSTLY_UNREADABLE} */
    void refuseBelow(double minIntact, String stderrTail) {
        long there = frames - claimed;
        double intact = there == 0 ? 0 : 1 - (double) (lost - claimed) / there;
        if (intact < minIntact) {
            throw new StepException(new Failure(
                    "MEDIA_MOSTLY_UNREADABLE",
                    FailureKind.PERMANENT,
                    null,
                    frames == 0 ? "No picture could be read" : share(lost, frames, "picture", "frames"),
                    "The file is damaged: upload it again.",
                    stderrTail.isEmpty() ? null : stderrTail));
        }
    }

    /** Returns a sentence on what was lost of the picture; empty if nothing was. */
    Optional<String> warning() {
        if (lost > 0 && lost == claimed) {
            return Optional.of(
                    "The header claims a length of which %s is not in the file".formatted(part(lost, frames)));
        }
        return lost > 0 ? Optional.of(share(lost, frames, "picture", "frames")) : Optional.empty();
    }

    /** Returns a sentence on what was lost of the sound; empty if nothing worth a warning was. */
    Optional<String> soundWarning() {
        return soundLost > soundPackets * NOTICEABLE_SOUND
                ? Optional.of(share(soundLost, soundPackets, "sound", "packets"))
                : Optional.empty();
    }

    private static String share(long lost, long all, String what, String unit) {
        return percent(lost, all) + " % of the " + what + " (" + lost + " of " + all + " " + unit
                + ") could not be read";
    }

    private static String part(long lost, long all) {
        return percent(lost, all) + " % (" + lost + " of " + all + " frames)";
    }

    private static long percent(long lost, long all) {
        return Math.max(1, Math.round(100.0 * lost / all));
    }
}
