package dev.caravan.media;

/**
 * What an encoded video must be.
 *
 * @param width pixels
 * @param height pixels
 * @param codec FFmpeg's name of what the encoder writes
 * @param fps constant frames per second; 0 for every frame of the source at its own time
 */
public record OutputSpec(int width, int height, String codec, int fps) {}
