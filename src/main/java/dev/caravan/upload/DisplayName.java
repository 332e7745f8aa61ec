package dev.caravan.upload;

/** Makes a client's name for a file fit for display: one line, no folders, 255 characters at most. Never a path. */
public final class DisplayName {
    private static final int MAX = 255;

    private static final int MAX_EXTENSION = 16;

    /** Joins the parts of emoji. */
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private DisplayName() {}

    /** Returns the label, or null when nothing is left of the name. */
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

    /** Refuses control characters, those that turn the direction of the following text, and halves of characters. */
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

    /** Shortens the name, but keeps its extension. */
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
