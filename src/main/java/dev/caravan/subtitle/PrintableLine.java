package dev.caravan.subtitle;

/** A line as it can be shown. */
final class PrintableLine {
    private PrintableLine() {}

    /** Without control characters, and without blanks at its ends. */
    static String of(String line) {
        StringBuilder printable = new StringBuilder();
        line.codePoints()
                .map(letter -> letter == '\t' ? ' ' : letter)
                .filter(letter -> !Character.isISOControl(letter))
                .forEach(printable::appendCodePoint);
        return printable.toString().strip();
    }
}
