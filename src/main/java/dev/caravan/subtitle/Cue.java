package dev.caravan.subtitle;

/**
 * Text that stands in the picture for a while.
 *
 * @param start milliseconds from the start of the video
 * @param end milliseconds, later than {@code start}
 * @param text one line or several, with the tags of the file; never blank
 * @param line of the file in which its times stand, from 1
 */
public record Cue(long start, long end, String text, int line) {}
