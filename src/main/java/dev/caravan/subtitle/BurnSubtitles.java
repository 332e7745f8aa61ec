package dev.caravan.subtitle;

import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.media.EncodedVideo;
import dev.caravan.media.FittedVideo;
import dev.caravan.media.FrameSize;
import dev.caravan.media.Loudness;
import dev.caravan.media.MeasuredSound;
import dev.caravan.media.Options;
import dev.caravan.media.OutputSpec;
import dev.caravan.media.Probe;
import dev.caravan.media.SparseMedia;
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
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** The Java side of burn-subtitles-action: writes the subtitles for libass, and plans the run that the Kamelet spells out. */
public final class BurnSubtitles {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "burn.options";

    /** The file name in the Kamelet's filter graph; FFmpeg runs in the workspace. */
    static final String DOCUMENT = "subtitles.ass";

    private final Files files;
    private final SrtFile srt;
    private final EncodedVideo encoded;

    private final InstalledFonts fonts;

    BurnSubtitles(Files files, SrtFile srt, EncodedVideo encoded, InstalledFonts fonts) {
        this.files = files;
        this.srt = srt;
        this.encoded = encoded;
        this.fonts = fonts;
    }

    /** Prepares the run that burns the subtitles in. */
    public void plan(Exchange exchange) {
        Path workspace = StepContext.of(exchange).workspace();
        Options options = options(exchange);
        Probe probe = Probe.of(exchange);
        SparseMedia.refuse(probe);
        FittedVideo fitted = FittedVideo.of(options, probe);
        write(exchange, fitted.size(), Style.of(options));
        MeasuredSound sound = MeasuredSound.of(exchange);
        Loudness.plan(exchange, options, sound);
        Map<String, Object> values = fitted.values(sound);
        values.putAll(Loudness.untouched());
        MediaFile source = exchange.getMessage().getBody(MediaFile.class);
        sound.into(FfmpegCall.with(values)
                        .input("source", files.fetch(source, workspace), probe.container())
                        .output("output", EncodedVideo.local(exchange))
                        .lasting(probe.duration()))
                .on(exchange);
    }

    /** Reports what was written, after {@link EncodedVideo} has checked it. */
    public void finish(Exchange exchange) {
        Options options = options(exchange);
        OutputSpec outputSpec = FittedVideo.of(options, Probe.of(exchange)).promise();
        Map<String, Object> summary = encoded.finish(exchange, outputSpec);
        Loudness.changed(exchange).ifPresent(before -> summary.put("loudness_before", before));
        summary.put("cues", SubtitlesFile.of(exchange).cues());
        exchange.setVariable("burn", summary);
    }

    /** Warns of letters that libass could not draw although a font seemed to have them. */
    public void readLog(Exchange exchange) {
        Set<Integer> missed = MissingGlyphs.missed(FfmpegResult.of(exchange).filterWarnings());
        missed.removeIf(letter -> FontChoice.invisible(letter) || known(letter));
        if (!missed.isEmpty()) {
            StepContext.of(exchange)
                    .warn(
                            "GLYPHS_UNDRAWN",
                            "libass could not draw "
                                    + missed.stream().map(MissingGlyphs::name).collect(Collectors.joining(", "))
                                    + "; a box or nothing stands in the picture for it");
        }
    }

    /** True if the warning was given when the subtitles were read. */
    private boolean known(int letter) {
        return new FontChoice(fonts.table(), "", HanVariant.SIMPLIFIED)
                .face(letter, false)
                .isEmpty();
    }

    private void write(Exchange exchange, FrameSize size, Style style) {
        Path workspace = StepContext.of(exchange).workspace();
        List<Cue> cues = srt.read(files.fetch(SubtitlesFile.of(exchange).file(), workspace))
                .cues();
        if (!fonts.table().isEmpty() && !fonts.table().has(style.font())) {
            StepContext.of(exchange)
                    .warn(
                            "FONT_MISSING",
                            "This machine has no font '%s'; the letters are drawn in others".formatted(style.font()));
        }
        FontChoice choice = new FontChoice(fonts.table(), style.font(), HanVariant.of(cues));
        AssDocument document = new AssDocument(size.width(), size.height(), style, choice);
        try {
            PlainFile.write(workspace.resolve(DOCUMENT), document.of(cues));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Options options(Exchange exchange) {
        return Options.of(exchange, OPTIONS);
    }
}
