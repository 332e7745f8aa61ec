package dev.caravan.media;

import dev.caravan.failure.StepException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares a clip without sound with what was promised.
 *
 * @param longest seconds
 */
record ClipCheck(FrameSize size, double longest) {
    /** The length of a frame at a low rate. Seconds. */
    private static final double INEXACT = 0.5;

    /** @throws StepException transient {@code OUTPUT_INVALID} that names every difference */
    void verify(Probe clip) {
        String wrong = differences(clip).collect(Collectors.joining("; "));
        if (!wrong.isEmpty()) {
            throw StepException.transientFailure(
                            "OUTPUT_INVALID",
                            "FFmpeg reported success, but the clip is not as promised: " + wrong,
                            "If it happens again with this file, report it together with the file.")
                    .permanentWhenRepeated();
        }
    }

    private Stream<String> differences(Probe clip) {
        Probe.Video video = clip.video();
        if (video == null || video.duration() == 0) {
            return Stream.of("it has no picture");
        }
        return Stream.of(
                        unless(clip.audio() == null, "it has sound"),
                        unless(
                                video.codedWidth() == size.width() && video.codedHeight() == size.height(),
                                "size " + video.codedWidth() + "x" + video.codedHeight()),
                        unless(video.codec().equals("h264"), "codec " + video.codec()),
                        unless(video.pixelFormat().equals("yuv420p"), "pixel format " + video.pixelFormat()),
                        unless(video.rotation() == 0 && !video.mirrored(), "it is marked as turned"),
                        unless(clip.duration() < longest + INEXACT, "it lasts %.2f s".formatted(clip.duration())))
                .filter(difference -> !difference.isEmpty());
    }

    private static String unless(boolean fulfilled, String otherwise) {
        return fulfilled ? "" : otherwise;
    }
}
