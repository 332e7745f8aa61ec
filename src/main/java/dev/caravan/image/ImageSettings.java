package dev.caravan.image;

import dev.caravan.settings.Settings;

/**
 * The settings of this process for resizing pictures.
 *
 * @param vips whether libvips' command line can run; otherwise FFmpeg is used
 */
record ImageSettings(boolean vips, long vipsPixels, long ffmpegPixels) {

    static ImageSettings of(Settings settings, boolean vips) {
        return new ImageSettings(
                vips, settings.bytes("caravan.image.max-pixels"), settings.bytes("caravan.ffmpeg.max-pixels"));
    }

    /** Pictures with more pixels are never decoded; FFmpeg has its own limit. */
    long maxPixels(boolean withVips) {
        return withVips ? vipsPixels : Math.min(vipsPixels, ffmpegPixels);
    }
}
