package dev.caravan.settings;

/** A setting that cannot be used; the program does not start. */
public class InvalidSetting extends RuntimeException {

    public InvalidSetting(String key, String value, String why) {
        super("Setting " + key + (value == null ? "" : " = " + value) + ": " + why);
    }
}
