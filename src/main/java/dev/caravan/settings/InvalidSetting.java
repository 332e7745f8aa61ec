package dev.caravan.settings;

import java.util.regex.Pattern;

/** Refuses a setting that cannot be used; the program does not start. Its text never holds a secret. */
public class InvalidSetting extends RuntimeException {
    private static final Pattern SECRET =
            Pattern.compile("secret|password|token|access-key|redis\\.url", Pattern.CASE_INSENSITIVE);

    /** @param value left out where the setting may hold a secret; null for none */
    public InvalidSetting(String key, String value, String why) {
        super("Setting " + SettingName.of(key, System.getenv()) + shown(key, value) + ": " + why);
    }

    private static String shown(String key, String value) {
        return value == null || SECRET.matcher(key).find() ? "" : " = " + value;
    }
}
