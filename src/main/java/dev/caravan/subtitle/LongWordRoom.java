package dev.caravan.subtitle;

/**
 * Measures the room in a line for text without blanks: a long address, or a script that writes none. libass itself breaks
 * lines at blanks only. Widths are estimates, and rather too wide.
 */
final class LongWordRoom {
    private static final double WIDE = 1.0;
    private static final double CAPITAL = 0.72;
    private static final double BROAD = 0.95;
    private static final double OTHER = 0.62;

    private final double lineHeights;
    private double taken;

    /** @param lineHeights width of a line, in heights of one */
    LongWordRoom(double lineHeights) {
        this.lineHeights = lineHeights;
    }

    /** Takes the room for that letter; true if a new line must begin before it. */
    boolean isFull(int letter) {
        if (letter == ' ' || letter == '\n') {
            taken = 0;
            return false;
        }
        double width = width(letter);
        taken += width;
        if (taken <= lineHeights || closes(letter)) {
            return false;
        }
        taken = width;
        return true;
    }

    /** True for a letter that belongs to the one before it. */
    private static boolean closes(int letter) {
        return switch (Character.getType(letter)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_SYMBOL,
                    Character.FINAL_QUOTE_PUNCTUATION -> true;
            case Character.OTHER_PUNCTUATION, Character.END_PUNCTUATION -> letter >= 0x2E80;
            default -> false;
        };
    }

    private static double width(int letter) {
        if (closes(letter) && letter < 0x2E80) {
            return 0;
        } else if (letter >= 0x1100 && (letter < 0x1200 || letter >= 0x2E80)) {
            return WIDE;
        } else if ("mwMW@%".indexOf(letter) >= 0) {
            return BROAD;
        }
        return Character.isUpperCase(letter) ? CAPITAL : OTHER;
    }
}
