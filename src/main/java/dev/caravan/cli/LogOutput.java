package dev.caravan.cli;

import java.nio.file.Path;

/** Where log lines go; to be chosen before the first class logs. */
public final class LogOutput {
    /** Names a file in {@code logging/}: console, file or both. */
    private static final String TARGET = "caravan.log.to";

    private static final String FILE = "caravan.log.file";

    private LogOutput() {}

    /**
     * To the file that the property {@code caravan.log.file} names, and nowhere else; or to the console, and to
     * {@code LOG_FILE} too when that is set.
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

    /** The file, or an empty string when lines go to the console alone. */
    static String file() {
        return System.getProperty(FILE, "");
    }
}
