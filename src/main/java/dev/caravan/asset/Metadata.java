package dev.caravan.asset;

import dev.caravan.failure.Refusal;
import dev.caravan.json.Json;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks the metadata of an asset: the client's own JSON, within the limits of a record. */
public final class Metadata {
    /** The maximum number of characters of JSON; a record holds 400 KB in all. */
    private static final int MAX = 32 * 1024;
    /** The maximum depth; a record allows 32 levels in all. */
    private static final int DEEPEST = 16;
    /** DynamoDB stores 38 digits, and powers of ten from -130 to 125. */
    private static final int MAX_DIGITS = 38;

    private static final int MAX_POWER = 125;

    private Metadata() {}

    /**
     * Returns the metadata if a record can hold it.
     *
     * @return null for none
     * @throws Refusal {@code INVALID_BODY}
     */
    public static Map<String, Object> checked(Map<String, Object> metadata) {
        if (metadata == null || metadata.isEmpty()) {
            return null;
        }
        if (Json.text(metadata).length() > MAX) {
            throw refused(
                    "/metadata has more than %d characters".formatted(MAX),
                    "Keep what is larger elsewhere, and its address here.");
        }
        check(metadata, 1);
        return metadata;
    }

    private static void check(Object value, int depth) {
        if (depth > DEEPEST) {
            throw refused(
                    "/metadata has more than %d levels".formatted(DEEPEST),
                    "Make it flatter, or send the inner part as a text.");
        } else if (value instanceof Map<?, ?> map) {
            if (map.containsKey("")) {
                throw refused("/metadata has a field without a name", "Give each field a name.");
            }
            map.values().forEach(inner -> check(inner, depth + 1));
        } else if (value instanceof Collection<?> list) {
            list.forEach(inner -> check(inner, depth + 1));
        } else if (value instanceof Number number) {
            if (!keeps(number)) {
                throw refused("/metadata has a number that cannot be kept as it is", "Send it as a text.");
            }
        }
    }

    private static boolean keeps(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            return false;
        }
        BigDecimal exact = new BigDecimal(number.toString());
        int power = exact.precision() - exact.scale() - 1;
        return exact.signum() == 0 || Math.abs(power) <= MAX_POWER && exact.precision() <= MAX_DIGITS;
    }

    /**
     * Applies {@code patch} to {@code before}: null removes a field, objects are merged, all other values replace the old
     * ones.
     *
     * @param before null for none
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
     */
    public static Map<String, Object> merged(Object before, Map<?, ?> patch) {
        Map<String, Object> merged = new LinkedHashMap<>();
        if (before instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> merged.put(String.valueOf(name), value));
        }
        patch.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else {
                merged.put(
                        String.valueOf(name),
                        value instanceof Map<?, ?> inner ? merged(merged.get(name), inner) : value);
            }
        });
        return merged;
    }

    private static Refusal refused(String why, String advice) {
        return new Refusal("INVALID_BODY", why, advice);
    }
}
