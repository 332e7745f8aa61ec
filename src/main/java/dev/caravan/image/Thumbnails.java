package dev.caravan.image;

import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.json.Json;
import dev.caravan.media.Options;
import dev.caravan.media.StepOutput;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Made;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The Java side of make-thumbnails-action: plans the runs that the Kamelet spells out, and checks and stores their
 * output.
 */
public final class Thumbnails {
    /** Exchange property with the Kamelet's parameters, one {@code name=value} a line. */
    static final String OPTIONS = "thumbnails.options";

    /** Exchange property: {@code vips} or {@code ffmpeg}. */
    static final String TOOL = "thumbnails.tool";

    private static final String PLAN = "thumbnails.plan";
    private static final String DAMAGE = "thumbnails.damage";
    private static final String VIPS = "vips";

    private final Files files;
    private final ImageSettings settings;

    Thumbnails(Files files, ImageSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    /**
     * Reads the bytes and the header, and prepares the first run.
     *
     * @throws dev.caravan.failure.StepException permanent if the file is not a picture, cannot be read, or is too large
     *     to decode
     */
    public void plan(Exchange exchange) {
        StepContext step = StepContext.of(exchange);
        Path source = files.fetch(exchange.getMessage().getBody(MediaFile.class), step.workspace());
        PictureKind kind = PictureKind.of(source);
        PictureHeader header = PictureHeader.of(source, kind);
        boolean vips = settings.vips() && kind.loader != null;
        header.requireAtMost(settings.maxPixels(vips));
        Path plain = kind == PictureKind.PNG ? PngTexts.without(source, step.workspace()) : source;
        Options options =
                Options.parse(exchange.getProperty(OPTIONS, String.class)).with(step.parameters());
        ThumbnailPlan plan = new ThumbnailPlan(kind, header, vips, plain, step, options);
        exchange.setProperty(PLAN, plan);
        exchange.setProperty(TOOL, vips ? VIPS : "ffmpeg");
        (vips ? plan.withVips(ThumbnailFormat.LARGE) : plan.withFfmpeg()).on(exchange);
    }

    /** Checks the large picture, and prepares the run for the medium one. */
    public void planMedium(Exchange exchange) {
        ThumbnailPlan plan = plan(exchange, ThumbnailFormat.LARGE);
        exchange.setProperty(DAMAGE, FfmpegResult.of(exchange).stderrTail());
        plan.withVips(ThumbnailFormat.MEDIUM).on(exchange);
        step(exchange).progress(0.5);
    }

    /** Checks the medium picture, and prepares the run for the thumbnail. */
    public void planThumbnail(Exchange exchange) {
        plan(exchange, ThumbnailFormat.MEDIUM)
                .withVips(ThumbnailFormat.THUMBNAIL)
                .on(exchange);
        step(exchange).progress(0.75);
    }

    private static StepContext step(Exchange exchange) {
        return StepContext.of(exchange);
    }

    private static ThumbnailPlan plan(Exchange exchange, String written) {
        ThumbnailPlan plan = exchange.getProperty(PLAN, ThumbnailPlan.class);
        plan.check(written);
        return plan;
    }

    /** Stores the pictures after the last run, and leaves the variable {@code thumbnails}. */
    public void finish(Exchange exchange) {
        ThumbnailPlan plan = exchange.getProperty(PLAN, ThumbnailPlan.class);
        plan.formats.keySet().stream()
                .filter(type -> !plan.made().containsKey(type))
                .forEach(plan::check);
        String said = exchange.getProperty(DAMAGE, FfmpegResult.of(exchange).stderrTail(), String.class);
        PictureDamage.in(said).ifPresent(lost -> step(exchange).warn("PARTLY_DAMAGED", lost));
        List<Object> made = new ArrayList<>();
        plan.made().forEach((type, size) -> made.add(Json.toMap(store(exchange, plan, type, size))));
        exchange.setVariable(
                "thumbnails",
                new HashMap<>(Map.of(
                        Made.FILES,
                        made,
                        "kind",
                        plan.kind.name().toLowerCase(Locale.ROOT),
                        "width",
                        plan.shown().width(),
                        "height",
                        plan.shown().height(),
                        "made_with",
                        exchange.getProperty(TOOL, String.class))));
    }

    private Made store(Exchange exchange, ThumbnailPlan plan, String type, PictureSize size) {
        return StepOutput.made(files, step(exchange), plan.local(type), type, "jpg", "image/jpeg")
                .sized(size.width(), size.height());
    }
}
