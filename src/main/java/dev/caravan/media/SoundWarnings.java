package dev.caravan.media;

import dev.caravan.media.SoundReport.Stretch;
import dev.caravan.work.StepContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Warns the owner of a file of faults in its sound. */
record SoundWarnings(StepContext step) {
    /** It is normal that sound ends with the last spoken sentence before the picture fades. Seconds. */
    private static final double EARLY = 2;

    private static final int MAX_CHANGES = 5;

    void unreadable(Probe.Audio audio) {
        step.warn(
                "SOUND_UNREADABLE",
                "Nothing of the sound (stream %d, %s) could be decoded: it is taken for silence"
                        .formatted(audio.stream(), audio.codec()));
    }

    /** @param cut whether the file ends before its own headers say */
    void about(Probe probe, SoundReport report, MeasuredSound heard, Damage damage, boolean cut) {
        damage.soundWarning().ifPresent(lost -> step.warn("PARTLY_DAMAGED", lost));
        if (report.audible().size() > 1) {
            step.warn("SOUND_CHANGES", changes(report.audible()));
        }
        if (report.broken()) {
            step.warn("SOUND_INVALID", invalid(report));
        }
        report.stretches().stream().filter(Stretch::unlabelled).findFirst().ifPresent(this::unlabelled);
        // In a file that was cut off, the picture's end is only a claim.
        if (probe.video() != null && !cut && probe.video().end() - heard.end() > EARLY) {
            step.warn(
                    "SOUND_ENDS_EARLY",
                    "The sound ends at %.1f s, the picture at %.1f s"
                            .formatted(heard.end(), probe.video().end()));
        }
    }

    private void unlabelled(Stretch stretch) {
        String taken = stretch.discrete()
                ? "the first two are taken for left and right, the others are left out"
                : "they are taken for " + (stretch.channels() == 6 ? "5.1" : "7.1");
        step.warn(
                "SOUND_LAYOUT_UNKNOWN",
                "The file does not say which of its %d channels is which: %s".formatted(stretch.channels(), taken));
    }

    private static String invalid(SoundReport report) {
        return report.invalid() > 0
                ? report.invalid()
                        + " samples of the sound are no numbers (NaN or infinite): they are silent in the result"
                : "Samples of the sound are absurd, up to %.3g times full scale: those above %.0f times are silent in the result"
                        .formatted(report.loudest(), SoundReport.ABSURD);
    }

    private static String changes(List<Stretch> stretches) {
        int changes = stretches.size() - 1;
        String told = IntStream.rangeClosed(1, Math.min(changes, MAX_CHANGES))
                .mapToObj(i -> "at %.1f s from %s to %s"
                        .formatted(stretches.get(i).start(), stretches.get(i - 1), stretches.get(i)))
                .collect(Collectors.joining(", "));
        String more = changes > MAX_CHANGES ? ", and %d times more".formatted(changes - MAX_CHANGES) : "";
        return "The format of the sound changes " + told + more;
    }
}
