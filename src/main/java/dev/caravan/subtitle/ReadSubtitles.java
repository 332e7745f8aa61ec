package dev.caravan.subtitle;

import dev.caravan.failure.StepException;
import dev.caravan.media.Options;
import dev.caravan.media.Probe;
import dev.caravan.media.StepOutput;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.storage.PlainFile;
import dev.caravan.work.Made;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** The bean of read-subtitles-action: checks the subtitle file of a job, and stores it in one form for later steps. */
public final class ReadSubtitles {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "subtitles.options";

    private static final String VTT = "subtitles-vtt";

    private final Files files;
    private final SrtFile srt;
    private final SubtitleKey allowed;
    private final InstalledFonts fonts;

    ReadSubtitles(Files files, SrtFile srt, List<String> uploads, InstalledFonts fonts) {
        this.files = files;
        this.srt = srt;
        this.allowed = new SubtitleKey(uploads);
        this.fonts = fonts;
    }

    /** Leaves the variable {@code subtitles}, and warns of everything that will not be visible. */
    public void read(Exchange exchange) {
        StepContext step = StepContext.of(exchange);
        MediaFile uploaded = find(exchange, step);
        srt.checkSize(uploaded.size());
        Subtitles subtitles = srt.read(files.fetch(uploaded, step.workspace()));
        warn(step, subtitles, Probe.of(exchange));
        if (options(exchange, step).flag("checkGlyphs")) {
            FontChoice any = new FontChoice(fonts.table(), "", HanVariant.SIMPLIFIED);
            MissingGlyphs.warning(MissingGlyphs.missing(subtitles.cues(), any))
                    .ifPresent(text -> step.warn(MissingGlyphs.CODE, text));
        }
        SubtitlesFile.of(store(step, subtitles, uploaded.filename()), subtitles, vtt(step, subtitles))
                .on(exchange);
    }

    private MediaFile find(Exchange exchange, StepContext step) {
        String key = options(exchange, step).text("file");
        if (key.isEmpty()) {
            throw missing("The job names no subtitles");
        }
        allowed.check(key, step.owner(), step.assetId());
        return files.find(key).orElseThrow(() -> missing("There is no object '" + key + "'"));
    }

    private static Options options(Exchange exchange, StepContext step) {
        return Options.parse(exchange.getProperty(OPTIONS, String.class)).with(step.parameters());
    }

    private static StepException missing(String what) {
        return StepException.permanent(
                "SUBTITLES_MISSING", what, "Upload the subtitles first, and name its key when asking for the job.");
    }

    private static void warn(StepContext step, Subtitles subtitles, Probe probe) {
        subtitles.coding().warnings().forEach(step::warn);
        subtitles.warnings().forEach(step::warn);
        double end = probe.video().end() > 0 ? probe.video().end() : probe.duration();
        List<Cue> late = end > 0 ? subtitles.from(Math.round(end * 1000)) : List.of();
        if (!late.isEmpty()) {
            TreeSet<Integer> lines = late.stream().map(Cue::line).collect(Collectors.toCollection(TreeSet::new));
            step.warn(
                    "CUES_PAST_END",
                    "%d of %d cues begin after the end of the video and are not shown: %s"
                            .formatted(late.size(), subtitles.cues().size(), Remarks.listed(lines)));
        }
    }

    private MediaFile store(StepContext step, Subtitles subtitles, String filename) {
        Path local = written(StepOutput.local(step, "srt"), SrtWriter.write(subtitles.cues()));
        return StepOutput.store(files, step, local, "srt", "application/x-subrip", filename);
    }

    private Made vtt(StepContext step, Subtitles subtitles) {
        Path local = written(StepOutput.local(step, VTT, "vtt"), VttWriter.write(subtitles.cues()));
        return StepOutput.made(files, step, local, VTT, "vtt", "text/vtt;charset=utf-8");
    }

    private static Path written(Path local, String text) {
        try {
            return PlainFile.write(local, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
