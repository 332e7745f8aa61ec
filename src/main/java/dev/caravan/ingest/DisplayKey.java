package dev.caravan.ingest;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Formats an object's address for people. A key may contain line ends and other controls, which would forge log lines. */
final class DisplayKey {
    private DisplayKey() {}

    /** Returns {@code s3://bucket/key}, with controls as {@code %0A}. */
    static String of(String bucket, String key) {
        return "s3://" + bucket + "/"
                + key.codePoints().mapToObj(DisplayKey::shown).collect(Collectors.joining());
    }

    private static String shown(int letter) {
        String text = Character.toString(letter);
        boolean harmless = !Character.isISOControl(letter)
                && Character.isDefined(letter)
                && Character.getType(letter) != Character.FORMAT
                && Character.getType(letter) != Character.SURROGATE;
        return harmless ? text : encoded(text);
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02X".formatted(each & 0xFF));
        }
        return encoded.toString();
    }
}
