package dev.caravan.upload;

/** A client's name for a file, fit to be shown: one line, no folders, 255 characters at most. Never a path. */
public final class DisplayName {
    private static final int MAX = 255;

    private static final int MAX_EXTENSION = 16;

    /** Holds emoji together. */
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private DisplayName() {}

    /** The label, or null when nothing is left of the name. */
    public static String of(String name) {
        if (name == null) {
            return null;
        }
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        StringBuilder label = new StringBuilder();
        last.codePoints().filter(DisplayName::visible).forEach(label::appendCodePoint);
        String text = shortened(label.toString().strip());
        return text.isEmpty() || text.equals(".") || text.equals("..") ? null : text;
    }

    /** Neither control characters nor such that turn the direction of what follows, nor halves of characters. */
    private static boolean visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> character == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }

    /** What the name promises of the file stays. */
    private static String shortened(String text) {
        if (text.length() <= MAX) {
            return text;
        }
        int dot = text.lastIndexOf('.');
        String extension = dot > 0 && text.length() - dot <= MAX_EXTENSION ? text.substring(dot) : "";
        int end = MAX - extension.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + extension;
    }
}
