package dev.caravan.subtitle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings after the times of a WebVTT cue (section 4.4), as far as one of nine places can express them. */
final class VttSettings {
    private static final Pattern LINE = Pattern.compile("(?:^|\\s)line:(-?[\\d.]{1,10})(%?)");
    private static final Pattern ALIGN = Pattern.compile("(?:^|\\s)align:(start|left|end|right)");
    private static final double UPPER = 33;
    private static final double LOWER = 66;
    /** Lines are counted from the top, or from the bottom if they are negative. */
    private static final double UPPER_LINES = 8;

    private VttSettings() {}

    /** Returns a place as in {@link Cue}; 0 without settings that matter. */
    static int place(String settings) {
        int row = row(settings);
        Matcher align = ALIGN.matcher(settings);
        if (!align.find()) {
            return row == 0 ? 0 : row + 1;
        }
        boolean left = align.group(1).equals("start") || align.group(1).equals("left");
        return Math.max(1, row) + (left ? 0 : 2);
    }

    /** Returns the place at the left of the row: 1, 4 or 7; 0 without a setting. */
    private static int row(String settings) {
        Matcher line = LINE.matcher(settings);
        if (!line.find() || !line.group(1).matches("-?\\d{1,6}(?:\\.\\d{1,6})?")) {
            return 0;
        }
        double number = Double.parseDouble(line.group(1));
        if (line.group(2).isEmpty()) {
            return number >= 0 && number < UPPER_LINES ? 7 : 0;
        } else if (number < UPPER) {
            return 7;
        }
        return number < LOWER ? 4 : 0;
    }
}
