package dev.caravan.subtitle;

/**
 * Text that stands in the picture for a while.
 *
 * @param start milliseconds from the start of the video
 * @param end milliseconds, later than {@code start}
 * @param text one line or several, with the tags {@code b, i, u} and {@code font}; never blank
 * @param line of the file in which its times stand, from 1
 * @param place where it stands in the picture, as the keys of a number pad lie; 0 for where the style says
 */
public record Cue(long start, long end, String text, int line, int place) {

    Cue(long start, long end, String text, int line) {
        this(start, end, text, line, 0);
    }
}
