package dev.caravan.records;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Collects names and values of one DynamoDB expression. Names get placeholders: words such as status are reserved. */
final class Placeholders {
    private final Map<String, String> byName = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();

    String name(String path) {
        return Stream.of(path.split("\\."))
                .map(part -> byName.computeIfAbsent(part, unknown -> "#n" + byName.size()))
                .collect(Collectors.joining("."));
    }

    String value(Object value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, Items.attribute(value));
        return placeholder;
    }

    Map<String, String> names() {
        return byName.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    /** Returns the values; null when there are none: DynamoDB refuses an empty map. */
    Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : values;
    }
}
