package dev.caravan.media;

import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.ffmpeg.FfmpegResult.Picture;
import dev.caravan.work.StepContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * Warns of the sizes that a picture has one after the other, as the last run saw them: broadcasts, calls and joined
 * recordings.
 */
final class PictureChanges {
    private static final String CODE = "PICTURE_CHANGES";
    private static final int MAX_NAMED = 6;
    private static final double SQUARE = 0.01;

    private PictureChanges() {}

    static boolean seen(Exchange exchange) {
        return FfmpegResult.of(exchange).pictures().size() > 1;
    }

    /** @param from seconds of the source at which the run began */
    static void warn(Exchange exchange, double from) {
        if (seen(exchange)) {
            StepContext.of(exchange)
                    .warn(CODE, sentence(FfmpegResult.of(exchange).pictures(), from));
        }
    }

    static String sentence(List<Picture> pictures, double from) {
        String later = pictures.stream()
                .skip(1)
                .limit(MAX_NAMED)
                .map(picture -> String.format(Locale.ROOT, "%s from %.1f s on", shape(picture), from + picture.time()))
                .collect(Collectors.joining(", "));
        int unnamed = pictures.size() - 1 - MAX_NAMED;
        return "The picture changes on the way: " + shape(pictures.get(0)) + " at first, " + later
                + (unnamed > 0 ? ", and " + unnamed + " times more" : "")
                + "; each part is fitted into the frame by its own shape";
    }

    private static String shape(Picture picture) {
        String size = picture.width() + "x" + picture.height();
        return Math.abs(picture.pixel() - 1) < SQUARE
                ? size
                : size + String.format(Locale.ROOT, " with pixels of %.2f:1", picture.pixel());
    }
}
