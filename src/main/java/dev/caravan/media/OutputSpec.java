package dev.caravan.media;

/**
 * The promised properties of an encoded video.
 *
 * @param width pixels
 * @param height pixels
 * @param codec FFmpeg's name of the written codec
 * @param fps constant frames per second; 0 for every frame of the source at its own time
 */
public record OutputSpec(int width, int height, String codec, int fps) {}
