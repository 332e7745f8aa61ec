package dev.caravan.api;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One entry of an index.
 *
 * @param item attributes of the record that the index has; they may lag behind
 */
record IndexEntry(Position position, Map<String, AttributeValue> item) implements Positioned {

    static IndexEntry of(Map<String, AttributeValue> item, String idAttribute) {
        return new IndexEntry(
                new Position(item.get("created_at").s(), item.get(idAttribute).s()), item);
    }

    String id() {
        return position.id();
    }
}
