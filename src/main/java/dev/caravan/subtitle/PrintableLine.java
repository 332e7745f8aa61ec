package dev.caravan.subtitle;

/** Cleans a line for display. */
final class PrintableLine {
    private PrintableLine() {}

    /** Removes control characters, and blanks at both ends. */
    static String of(String line) {
        StringBuilder printable = new StringBuilder();
        line.codePoints()
                .map(letter -> letter == '\t' ? ' ' : letter)
                .filter(letter -> !Character.isISOControl(letter))
                .forEach(printable::appendCodePoint);
        return printable.toString().strip();
    }
}
