package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.storage.Files;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The stills that standardize-video-action takes from the same decode if it is asked for them.
 *
 * @param stills poster and thumbnail
 * @param caption size of the frame from the middle of the video
 * @param captionTime seconds into the video
 */
record StillsBeside(Stills stills, FrameSize caption, double captionTime) {
    private static final String POSTER = "poster";
    private static final String THUMBNAIL = "thumbnail";
    private static final String CAPTION = "caption-frame";

    /** @param options {@code time, posterSize, thumbnailWidth, captionSize, quality} */
    static StillsBeside of(Options options, Probe.Video video) {
        return new StillsBeside(
                Stills.of(options, video),
                FrameSize.within(video, options.number("captionSize", 16, 8192)),
                Stills.existing(video.duration() / 2, video));
    }

    static boolean wanted(Options options) {
        return options.flag("stills");
    }

    /** Returns a new map, by the names of the placeholders. */
    Map<String, Object> values() {
        Map<String, Object> values = stills.values();
        values.put("poster_time", stills.time());
        values.put("caption_width", caption.width());
        values.put("caption_height", caption.height());
        values.put("caption_time", captionTime);
        return values;
    }

    /** Names the files that the run also writes. */
    static FfmpegCall outputs(FfmpegCall call, Exchange exchange) {
        return call.output("poster", StillFile.of(exchange, POSTER).local())
                .output("thumbnail", StillFile.of(exchange, THUMBNAIL).local())
                .output("caption_frame", StillFile.of(exchange, CAPTION).local());
    }

    /**
     * Stores the stills in S3.
     *
     * @param lasted seconds of the written video; a still from after its end shows the last picture
     * @return a list of {@link dev.caravan.work.Made}
     * @throws StepException transient {@code OUTPUT_INVALID} if a still is not as promised
     */
    List<Map<String, Object>> store(Exchange exchange, Files files, double lasted) {
        return List.of(
                store(StillFile.of(exchange, POSTER), files, stills.poster(), lasted),
                store(StillFile.of(exchange, THUMBNAIL), files, stills.thumbnail(), lasted),
                store(StillFile.of(exchange, CAPTION), files, caption, lasted));
    }

    private static Map<String, Object> store(StillFile still, Files files, FrameSize size, double lasted) {
        List<Double> times = still.times();
        if (times.isEmpty()) {
            throw StepException.transientFailure(
                            "OUTPUT_INVALID",
                            "FFmpeg reported success, but wrote no " + still.type(),
                            "If it happens again with this file, report it together with the file.")
                    .permanentWhenRepeated();
        }
        return still.store(files, size, Math.max(0, Math.min(times.get(0), lasted)));
    }
}
