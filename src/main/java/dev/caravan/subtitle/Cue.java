package dev.caravan.subtitle;

/**
 * A text that the picture shows for a while.
 *
 * @param start milliseconds from the start of the video
 * @param end milliseconds, later than {@code start}
 * @param text one line or several, with the tags {@code b, i, u} and {@code font}; never blank
 * @param line line of the file that holds its times, from 1
 * @param place its place in the picture, numbered like the keys of a number pad; 0 for the place of the style
 */
public record Cue(long start, long end, String text, int line, int place) {

    Cue(long start, long end, String text, int line) {
        this(start, end, text, line, 0);
    }
}
