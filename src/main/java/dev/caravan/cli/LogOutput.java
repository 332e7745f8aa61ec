package dev.caravan.cli;

import java.nio.file.Path;

/** Chooses where log lines go; must be called before the first class logs. */
public final class LogOutput {
    /** Names a file in {@code logging/}: console, file or both. */
    private static final String TARGET = "caravan.log.to";

    private static final String FILE = "caravan.log.file";

    private LogOutput() {}

    /**
     * Logs only to the file that the property {@code caravan.log.file} names; or to the console, and to {@code LOG_FILE} too
     * when that is set.
     */
    public static void choose() {
        String file = System.getenv("LOG_FILE");
        if (System.getProperty(FILE) != null) {
            System.setProperty(TARGET, "file");
        } else if (file != null && !file.isBlank()) {
            System.setProperty(FILE, Path.of(file).toAbsolutePath().toString());
            System.setProperty(TARGET, "both");
        }
    }

    /** Returns the file, or an empty string when lines go only to the console. */
    static String file() {
        return System.getProperty(FILE, "");
    }
}
