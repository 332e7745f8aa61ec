package dev.caravan.image;

import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.media.Options;
import dev.caravan.media.StepOutput;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans the runs that make all formats of one picture. The largest is made from the source; each smaller one from the
 * last picture that is still large enough, so that the source is decoded once.
 */
final class ThumbnailPlan {
    /** A picture made from one that was hardly larger would lose detail to JPEG twice. */
    private static final double RESERVE = 1.3;

    private static final int MAX_BOX = 16_384;
    private static final int QUALITY_STEPS = 29;

    final PictureKind kind;
    final PictureHeader header;
    final Map<String, ThumbnailFormat> formats = new LinkedHashMap<>();
    private final boolean vips;
    private final Path source;
    private final StepContext step;
    private final String crop;
    private final int quality;
    private final Map<String, PictureSize> made = new LinkedHashMap<>();
    private PictureSize shown;

    ThumbnailPlan(
            PictureKind kind, PictureHeader header, boolean vips, Path source, StepContext step, Options options) {
        this.vips = vips;
        this.kind = kind;
        this.header = header;
        this.source = source;
        this.step = step;
        this.shown = header.size();
        crop = options.oneOf("crop", List.of("centre", "attention"));
        quality = options.number("quality", 1, 100);
        for (String type : List.of(ThumbnailFormat.LARGE, ThumbnailFormat.MEDIUM, ThumbnailFormat.THUMBNAIL)) {
            formats.put(type, new ThumbnailFormat(type, box(options, type), type.equals(ThumbnailFormat.THUMBNAIL)));
        }
    }

    private static PictureSize box(Options options, String name) {
        String[] size = options.matching(
                        name, "[1-9]\\d{0,4}x[1-9]\\d{0,4}", "width and height in pixels, such as 800x600")
                .split("x");
        Options numbers = new Options(Map.of(name + " (width)", size[0], name + " (height)", size[1]));
        return new PictureSize(
                numbers.number(name + " (width)", 1, MAX_BOX), numbers.number(name + " (height)", 1, MAX_BOX));
    }

    /** Returns the run of libvips that makes this format. */
    FfmpegCall withVips(String type) {
        ThumbnailFormat format = formats.get(type);
        Path from = made.entrySet().stream()
                .filter(earlier -> earlier.getValue().serves(format.scaled(shown), RESERVE))
                .filter(earlier -> !formats.get(earlier.getKey()).cover())
                .reduce((larger, smaller) -> smaller)
                .map(earlier -> local(earlier.getKey()))
                .orElse(source);
        boolean own = !from.equals(source);
        Map<String, Object> values = new HashMap<>();
        values.put("file", local(type).getFileName().toString());
        values.put("width", format.box().width());
        values.put("height", format.box().height());
        values.put("quality", quality);
        values.put("crop", format.cover() ? crop : "");
        values.put("profiled", !own && header.profiled());
        FfmpegCall call = new FfmpegCall(values, Map.of(), List.of(local(type)), Duration.ZERO);
        return call.input("from", from, own ? PictureKind.JPEG.loader : kind.loader);
    }

    /** Returns the one run of FFmpeg that makes all formats. */
    FfmpegCall withFfmpeg() {
        Map<String, Object> values = new HashMap<>();
        formats.forEach((type, format) -> {
            PictureSize scaled = format.scaled(shown);
            values.put(type + "_width", scaled.width());
            values.put(type + "_height", scaled.height());
        });
        PictureSize thumbnail = formats.get(ThumbnailFormat.THUMBNAIL).of(shown);
        values.put("crop_width", thumbnail.width());
        values.put("crop_height", thumbnail.height());
        values.put("orientation", header.orientation());
        values.put("alpha", header.alpha());
        values.put("cmyk", header.cmyk());
        values.put("compression", 2 + (100 - quality) * QUALITY_STEPS / 99);
        List<Path> outputs = new ArrayList<>();
        formats.keySet().forEach(type -> outputs.add(local(type)));
        formats.keySet().forEach(type -> values.put(type, local(type)));
        return new FfmpegCall(values, Map.of(), outputs, Duration.ZERO).input("source", source, kind.demuxer);
    }

    /**
     * Checks what a run wrote. Some containers turn their picture by their own means, so the first may be on its side.
     *
     * @throws dev.caravan.failure.StepException transient {@code OUTPUT_INVALID}
     */
    void check(String type) {
        PictureSize size = JpegCheck.size(local(type), !vips);
        ThumbnailFormat format = formats.get(type);
        PictureSize turned = new PictureSize(shown.height(), shown.width());
        if (made.isEmpty() && !size.near(format.of(shown)) && size.near(format.of(turned))) {
            shown = turned;
        }
        if (!size.near(format.of(shown))) {
            throw JpegCheck.invalid("size %s instead of %s".formatted(size, format.of(shown)));
        }
        made.put(type, size);
    }

    Map<String, PictureSize> made() {
        return made;
    }

    /** Returns the size of the picture for display. */
    PictureSize shown() {
        return shown;
    }

    Path local(String type) {
        return StepOutput.local(step, type, "jpg");
    }
}
