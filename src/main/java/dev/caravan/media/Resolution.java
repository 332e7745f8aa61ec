package dev.caravan.media;

import java.util.Arrays;
import java.util.List;

/** A box that a picture is fitted into, in landscape; a portrait picture uses it upright. */
public enum Resolution {
    P360("360p", 640, 360),
    P480("480p", 854, 480),
    P720("720p", 1280, 720),
    P1080("1080p", 1920, 1080);

    public static final List<String> NAMES =
            Arrays.stream(values()).map(resolution -> resolution.name).toList();

    private final String name;
    private final int longer;
    private final int shorter;

    Resolution(String name, int longer, int shorter) {
        this.name = name;
        this.longer = longer;
        this.shorter = shorter;
    }

    /** @throws IndexOutOfBoundsException for a name that is not in {@link #NAMES} */
    public static Resolution named(String name) {
        return values()[NAMES.indexOf(name)];
    }

    /** Returns the largest size with the picture's proportions in this box, even as 4:2:0 requires. */
    public FrameSize fit(Probe.Video video, boolean upscale) {
        boolean portrait = video.height() > video.width();
        int boxWidth = portrait ? shorter : longer;
        int boxHeight = portrait ? longer : shorter;
        double scale = Math.min((double) boxWidth / video.width(), (double) boxHeight / video.height());
        if (scale >= 1 && !upscale) {
            return new FrameSize(video.width(), video.height()).even();
        }
        return new FrameSize(
                FrameSize.even(video.width() * scale, boxWidth), FrameSize.even(video.height() * scale, boxHeight));
    }
}
