package dev.caravan.api;

import dev.caravan.job.NameKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The conditions of a list of assets.
 *
 * @param equal attributes and their required values
 * @param name beginning of the name, as {@link NameKey} compares names, or null
 */
record MediaFilter(Map<String, String> equal, Set<String> statuses, String tag, String name)
        implements BudgetedScan.Filter {

    static MediaFilter of(MediaQuery query) {
        Map<String, String> equal = new LinkedHashMap<>();
        if (query.type() != null) {
            equal.put("type", query.type());
        }
        if (query.owner() != null) {
            equal.put("owner", query.owner());
        }
        return new MediaFilter(
                equal,
                Set.copyOf(query.statuses()),
                query.tag(),
                query.name() == null ? null : NameKey.beginning(query.name()));
    }

    @Override
    public boolean needsRecords() {
        return tag != null;
    }

    @Override
    public boolean isNarrow() {
        return needsRecords() || name != null || !equal.isEmpty();
    }

    @Override
    public boolean mayShow(Map<String, AttributeValue> entry) {
        return !entry.containsKey("deleted_at")
                && equal.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(text(entry, wanted.getKey())))
                && (name == null || NameKey.beginning(text(entry, "filename")).startsWith(name));
    }

    @Override
    public boolean shows(Map<String, AttributeValue> item) {
        return mayShow(item)
                && statuses.contains(text(item, "status"))
                && (tag == null
                        || item.containsKey("tags")
                                && item.get("tags").l().stream().anyMatch(one -> tag.equals(one.s())));
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null || value.s() == null ? "" : value.s();
    }
}
