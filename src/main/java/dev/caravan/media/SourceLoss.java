package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.format.Container;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The part of its source that a run could not read.
 *
 * @param picture damage, for a run over the whole picture; null for others
 * @param errors lines in which decoders reported errors
 * @param end set if the file ends before its headers say; null otherwise
 */
record SourceLoss(Damage picture, long errors, FileEnd end) {
    static final String PROPERTY = "run.loss";

    private static final double INEXACT = 0.5;

    /**
     * Returns the loss of the run that has just ended.
     *
     * @param picture whether the run used the whole picture; FFmpeg reads packets also of tracks that it leaves out
     */
    static SourceLoss of(Exchange exchange, boolean picture, Files files) {
        FfmpegResult result = FfmpegResult.of(exchange);
        Probe source = Probe.of(exchange);
        boolean shown =
                source.video() != null && result.input(source.video().stream()).packets() > 0;
        MediaFile file = exchange.getMessage().getBody(MediaFile.class);
        Optional<FileEnd> end = FileEnd.missing(
                files.fetch(file, StepContext.of(exchange).workspace()), Container.readBy(source.container()));
        return new SourceLoss(
                picture && source.video() != null ? Damage.of(source, result) : null,
                result.decodeErrors(),
                end.orElse(null));
    }

    boolean any() {
        return picture != null && !picture.none() || errors > 0 || end != null;
    }

    /**
     * Warns of what was lost.
     *
     * @param came written seconds
     * @throws StepException permanent {@code MEDIA_MOSTLY_UNREADABLE}
     */
    void judge(StepContext step, OutputLength length, double came, double minIntact) {
        if (picture != null) {
            picture.refuseBelow(minIntact, "");
        }
        double promised = length.length().orElse(0);
        boolean shorter = any() && promised > 0 && promised - came >= Math.max(INEXACT, promised * 0.01);
        if (shorter && came / promised < minIntact) {
            throw StepException.permanent(
                    "MEDIA_MOSTLY_UNREADABLE",
                    "Of %.1f s only %.1f s could be read".formatted(promised, came),
                    "Check that the file plays to its end, and upload it again.");
        }
        warning(shorter, promised, came).ifPresent(lost -> step.warn("PARTLY_DAMAGED", lost));
    }

    private Optional<String> warning(boolean shorter, double promised, double came) {
        Optional<String> lost = Optional.ofNullable(picture).flatMap(Damage::warning);
        if (lost.isPresent()) {
            return lost;
        }
        return shorter
                ? Optional.of("Of %.1f s only %.1f s could be read".formatted(promised, came))
                : Optional.ofNullable(end).map(FileEnd::sentence);
    }
}
