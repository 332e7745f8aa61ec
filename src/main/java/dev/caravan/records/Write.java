package dev.caravan.records;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * One conditional update, put together clause by clause. Every name goes through a placeholder, because words such as
 * {@code status} or {@code owner} are reserved in DynamoDB.
 */
public final class Write {
    private final String table;
    private final Map<String, AttributeValue> key;
    private final List<String> set = new ArrayList<>();
    private final List<String> add = new ArrayList<>();
    private final List<String> remove = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();

    private Write(String table, Map<String, ?> key) {
        this.table = table;
        this.key = Items.attributes(key);
    }

    public static Write to(String table, Map<String, ?> key) {
        return new Write(table, key);
    }

    /** Sets {@code path} (dots go into maps); null removes it. */
    public Write set(String path, Object value) {
        if (value == null) {
            return remove(path);
        }
        set.add(name(path) + " = " + value(value));
        return this;
    }

    public Write add(String path, Number amount) {
        add.add(name(path) + " " + value(amount));
        return this;
    }

    public Write remove(String path) {
        remove.add(name(path));
        return this;
    }

    public Write where(String path, Object expected) {
        conditions.add(name(path) + " = " + value(expected));
        return this;
    }

    public Write whereAnyOf(String path, List<?> expected) {
        conditions.add(name(path) + " IN ("
                + String.join(", ", expected.stream().map(this::value).toList()) + ")");
        return this;
    }

    public Write whereExists(String path) {
        conditions.add("attribute_exists(" + name(path) + ")");
        return this;
    }

    public Write whereAbsent(String path) {
        conditions.add("attribute_not_exists(" + name(path) + ")");
        return this;
    }

    public UpdateItemRequest.Builder request() {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(key)
                .updateExpression(expression())
                .conditionExpression(condition())
                .expressionAttributeNames(names)
                .expressionAttributeValues(values.isEmpty() ? null : values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    public TransactWriteItem part() {
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(table)
                        .key(key)
                        .updateExpression(expression())
                        .conditionExpression(condition())
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values.isEmpty() ? null : values)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .build();
    }

    private String expression() {
        List<String> clauses = new ArrayList<>();
        addClause(clauses, "SET", set);
        addClause(clauses, "ADD", add);
        addClause(clauses, "REMOVE", remove);
        return String.join(" ", clauses);
    }

    private static void addClause(List<String> clauses, String verb, List<String> parts) {
        if (!parts.isEmpty()) {
            clauses.add(verb + " " + String.join(", ", parts));
        }
    }

    private String condition() {
        return conditions.isEmpty() ? null : String.join(" AND ", conditions);
    }

    private String name(String path) {
        List<String> placeholders = new ArrayList<>();
        for (String part : path.split("\\.")) {
            String placeholder = "#" + part.replaceAll("[^A-Za-z0-9_]", "_") + names.size();
            String known = names.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(part))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(placeholder);
            names.putIfAbsent(known, part);
            placeholders.add(known);
        }
        return String.join(".", placeholders);
    }

    private String value(Object value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, Items.attribute(value));
        return placeholder;
    }
}
