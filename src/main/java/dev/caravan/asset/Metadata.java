package dev.caravan.asset;

import dev.caravan.failure.Refusal;
import dev.caravan.json.Json;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What owners want to remember with an asset: JSON of their own, within the bounds of a record. */
public final class Metadata {
    /** Characters of JSON; a record holds 400 KB in all. */
    private static final int MAX = 32 * 1024;
    /** A record takes 32 levels in all. */
    private static final int DEEPEST = 16;
    /** DynamoDB keeps 38 digits, and powers of ten from -130 to 125. */
    private static final int MAX_DIGITS = 38;

    private static final int MAX_POWER = 125;

    private Metadata() {}

    /**
     * The same, where a record can hold it.
     *
     * @return null for nothing
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
     * What is left of {@code before} once {@code patch} is laid over it: null takes a field away, objects are merged, all
     * else takes the place of what was there.
     *
     * @param before null for nothing
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
