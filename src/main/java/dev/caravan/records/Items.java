package dev.caravan.records;

import dev.caravan.json.Json;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts JSON values to DynamoDB attributes and back. A {@link Set} of strings, never empty, becomes a string set. */
public final class Items {
    private Items() {}

    public static Map<String, AttributeValue> item(Object value) {
        return attributes(Json.toMap(value));
    }

    public static Map<String, AttributeValue> attributes(Map<String, ?> values) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (value != null) {
                item.put(name, attribute(value));
            }
        });
        return item;
    }

    public static AttributeValue attribute(Object value) {
        if (value == null) {
            return AttributeValue.fromNul(true);
        } else if (value instanceof Boolean flag) {
            return AttributeValue.fromBool(flag);
        } else if (value instanceof Number number) {
            return AttributeValue.fromN(plain(number));
        } else if (value instanceof Map<?, ?> map) {
            return AttributeValue.fromM(attributes(Json.toMap(map)));
        } else if (value instanceof Set<?> set) {
            return AttributeValue.fromSs(
                    set.stream().map(String::valueOf).sorted().toList());
        } else if (value instanceof Collection<?> list) {
            return AttributeValue.fromL(list.stream().map(Items::attribute).toList());
        } else if (value instanceof CharSequence || value instanceof Enum<?>) {
            return AttributeValue.fromS(value.toString());
        }
        return AttributeValue.fromM(item(value));
    }

    public static Map<String, Object> map(Map<String, AttributeValue> item) {
        Map<String, Object> values = new LinkedHashMap<>();
        item.forEach((name, attribute) -> values.put(name, value(attribute)));
        return values;
    }

    private static Object value(AttributeValue attribute) {
        return switch (attribute.type()) {
            case S -> attribute.s();
            case N -> number(attribute.n());
            case BOOL -> attribute.bool();
            case M -> map(attribute.m());
            case L -> attribute.l().stream().map(Items::value).toList();
            case SS -> List.copyOf(attribute.ss());
            default -> null;
        };
    }

    private static Number number(String text) {
        BigDecimal number = new BigDecimal(text);
        return number.stripTrailingZeros().scale() <= 0 ? (Number) number.longValue() : number.doubleValue();
    }

    /** Writes a number without exponent. DynamoDB keeps 38 digits; a double has at most 17. */
    private static String plain(Number number) {
        return number instanceof Double || number instanceof Float
                ? BigDecimal.valueOf(number.doubleValue()).toPlainString()
                : number.toString();
    }
}
