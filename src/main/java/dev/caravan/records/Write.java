package dev.caravan.records;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Builds one conditional update, clause by clause. A path may be named again: the last clause counts. Dots lead into
 * maps.
 */
public final class Write {
    private final String table;
    private final Map<String, AttributeValue> key;
    private final Map<String, Clause> clauses = new LinkedHashMap<>();
    private final Map<String, Function<Placeholders, String>> conditions = new LinkedHashMap<>();

    private record Clause(String verb, Function<Placeholders, String> text) {}

    private Write(String table, Map<String, ?> key) {
        this.table = table;
        this.key = Items.attributes(key);
    }

    public static Write to(String table, Map<String, ?> key) {
        return new Write(table, key);
    }

    /** Sets the attribute; null removes it. */
    public Write set(String path, Object value) {
        return value == null ? remove(path) : clause("SET", path, in -> in.name(path) + " = " + in.value(value));
    }

    /** Adds to a number, or adds a set of strings to another one. */
    public Write add(String path, Object amount) {
        return clause("ADD", path, in -> in.name(path) + " " + in.value(amount));
    }

    public Write remove(String path) {
        return clause("REMOVE", path, in -> in.name(path));
    }

    /** Requires this value for the write, and replaces an earlier expectation for the same path. */
    public Write where(String path, Object expected) {
        conditions.put("= " + path, in -> in.name(path) + " = " + in.value(expected));
        return this;
    }

    public Write whereExists(String path) {
        conditions.put("exists " + path, in -> "attribute_exists(" + in.name(path) + ")");
        return this;
    }

    public Write whereMissing(String path) {
        conditions.put("missing " + path, in -> "attribute_not_exists(" + in.name(path) + ")");
        return this;
    }

    private Write clause(String verb, String path, Function<Placeholders, String> text) {
        clauses.put(path, new Clause(verb, text));
        return this;
    }

    UpdateItemRequest.Builder request() {
        Placeholders in = new Placeholders();
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(key)
                .updateExpression(expression(in))
                .conditionExpression(condition(in))
                .expressionAttributeNames(in.names())
                .expressionAttributeValues(in.values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    /** Returns the update as a part of a transaction. */
    public TransactWriteItem part() {
        Placeholders in = new Placeholders();
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(table)
                        .key(key)
                        .updateExpression(expression(in))
                        .conditionExpression(condition(in))
                        .expressionAttributeNames(in.names())
                        .expressionAttributeValues(in.values())
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .build();
    }

    /** Returns the conditions alone, as a part of a transaction that does not change this item. */
    public TransactWriteItem check() {
        Placeholders in = new Placeholders();
        return TransactWriteItem.builder()
                .conditionCheck(ConditionCheck.builder()
                        .tableName(table)
                        .key(key)
                        .conditionExpression(condition(in))
                        .expressionAttributeNames(in.names())
                        .expressionAttributeValues(in.values())
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .build();
    }

    /** Returns the removal of the item under these conditions, as a part of a transaction. */
    public TransactWriteItem delete() {
        Placeholders in = new Placeholders();
        String condition = condition(in);
        return TransactWriteItem.builder()
                .delete(Delete.builder()
                        .tableName(table)
                        .key(key)
                        .conditionExpression(condition)
                        .expressionAttributeNames(condition == null ? null : in.names())
                        .expressionAttributeValues(in.values())
                        .build())
                .build();
    }

    private String expression(Placeholders in) {
        Map<String, List<String>> byVerb = new LinkedHashMap<>();
        clauses.values().forEach(clause -> byVerb.computeIfAbsent(clause.verb(), verb -> new ArrayList<>())
                .add(clause.text().apply(in)));
        return byVerb.entrySet().stream()
                .map(verb -> verb.getKey() + " " + String.join(", ", verb.getValue()))
                .collect(Collectors.joining(" "));
    }

    private String condition(Placeholders in) {
        return conditions.isEmpty()
                ? null
                : conditions.values().stream()
                        .map(condition -> condition.apply(in))
                        .collect(Collectors.joining(" AND "));
    }
}
