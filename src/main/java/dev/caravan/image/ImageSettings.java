package dev.caravan.image;

import dev.caravan.settings.Settings;

/**
 * How pictures are made here.
 *
 * @param vips whether libvips' command line can be run; FFmpeg takes its place otherwise
 */
record ImageSettings(boolean vips, long vipsPixels, long ffmpegPixels) {

    static ImageSettings of(Settings settings, boolean vips) {
        return new ImageSettings(
                vips, settings.bytes("caravan.image.max-pixels"), settings.bytes("caravan.ffmpeg.max-pixels"));
    }

    /** Pictures with more pixels are never decoded; FFmpeg has a limit of its own. */
    long maxPixels(boolean withVips) {
        return withVips ? vipsPixels : Math.min(vipsPixels, ffmpegPixels);
    }
}
