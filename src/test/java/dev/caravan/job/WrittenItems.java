package dev.caravan.job;

import dev.caravan.json.Json;
import dev.caravan.records.Items;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * A DynamoDB that answers with the items that a test puts into it, changes nothing, and writes down what it was asked to
 * write: one clause a line, in the order of the alphabet, with names and values in place of placeholders.
 */
final class WrittenItems {
    private static final Pattern PLACEHOLDER = Pattern.compile("[#:][A-Za-z0-9_]+");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HISTORY_KEY = Pattern.compile("history#[0-9TZ:.-]+#[0-9a-f]{4}");

    private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items = new LinkedHashMap<>();
    private final List<Map<String, AttributeValue>> found = new ArrayList<>();
    private final List<String> written = new ArrayList<>();

    void put(Map<String, ?> key, Map<String, ?> item) {
        Map<String, AttributeValue> whole = new LinkedHashMap<>(Items.attributes(item));
        whole.putAll(Items.attributes(key));
        items.put(Items.attributes(key), whole);
    }

    /** The answer to each query from now on. */
    void find(List<? extends Map<String, ?>> answer) {
        found.clear();
        answer.forEach(item -> found.add(Items.attributes(item)));
    }

    /** What was written since the last call. */
    List<String> taken() {
        List<String> all = List.copyOf(written);
        written.clear();
        return all;
    }

    DynamoDbClient client() {
        return (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    return answer(arguments[0]);
                });
    }

    private Object answer(Object request) {
        if (request instanceof GetItemRequest get) {
            return GetItemResponse.builder().item(items.get(get.key())).build();
        } else if (request instanceof BatchGetItemRequest batch) {
            return BatchGetItemResponse.builder()
                    .responses(batch.requestItems().entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, table -> table.getValue().keys().stream()
                                    .filter(items::containsKey)
                                    .map(items::get)
                                    .toList())))
                    .build();
        } else if (request instanceof QueryRequest) {
            return QueryResponse.builder().items(found).build();
        } else if (request instanceof UpdateItemRequest update) {
            written.add("update " + update.tableName() + " " + key(update.key()));
            expression(
                    update.updateExpression(),
                    update.conditionExpression(),
                    update.expressionAttributeNames(),
                    update.expressionAttributeValues());
            return UpdateItemResponse.builder()
                    .attributes(items.get(update.key()))
                    .build();
        }
        ((TransactWriteItemsRequest) request).transactItems().forEach(this::part);
        return TransactWriteItemsResponse.builder().build();
    }

    private void part(TransactWriteItem part) {
        if (part.update() != null) {
            written.add("transaction: update " + part.update().tableName() + " "
                    + key(part.update().key()));
            expression(
                    part.update().updateExpression(),
                    part.update().conditionExpression(),
                    part.update().expressionAttributeNames(),
                    part.update().expressionAttributeValues());
        } else if (part.put() != null) {
            written.add("transaction: put " + part.put().tableName());
            condition(
                    part.put().conditionExpression(),
                    part.put().expressionAttributeNames(),
                    part.put().expressionAttributeValues());
            part.put().item().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> written.add("    " + entry.getKey() + " = " + text(entry.getValue())));
        } else if (part.delete() != null) {
            written.add("transaction: delete " + part.delete().tableName() + " "
                    + key(part.delete().key()));
            condition(
                    part.delete().conditionExpression(),
                    part.delete().expressionAttributeNames(),
                    part.delete().expressionAttributeValues());
        } else {
            written.add("transaction: check " + part.conditionCheck().tableName() + " "
                    + key(part.conditionCheck().key()));
            condition(
                    part.conditionCheck().conditionExpression(),
                    part.conditionCheck().expressionAttributeNames(),
                    part.conditionCheck().expressionAttributeValues());
        }
    }

    private void expression(
            String update, String condition, Map<String, String> names, Map<String, AttributeValue> values) {
        condition(condition, names, values);
        List<String> clauses = new ArrayList<>();
        for (String verb : update.split(" (?=(SET|REMOVE|ADD) )")) {
            String word = verb.substring(0, verb.indexOf(' '));
            Stream.of(verb.substring(word.length() + 1).split(", "))
                    .map(clause -> "    " + word.toLowerCase() + " " + resolved(clause, names, values))
                    .forEach(clauses::add);
        }
        clauses.stream().sorted().forEach(written::add);
    }

    private void condition(String condition, Map<String, String> names, Map<String, AttributeValue> values) {
        if (condition != null) {
            Stream.of(condition.split(" AND "))
                    .map(clause -> "    if " + resolved(clause, names, values))
                    .sorted()
                    .forEach(written::add);
        }
    }

    private static String resolved(String clause, Map<String, String> names, Map<String, AttributeValue> values) {
        return PLACEHOLDER
                .matcher(clause)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().startsWith("#") ? names.get(found.group()) : text(values.get(found.group()))));
    }

    private static String key(Map<String, AttributeValue> key) {
        return key.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + masked(entry.getValue().s()))
                .collect(Collectors.joining(" "));
    }

    private static String text(AttributeValue value) {
        return masked(Json.text(Items.map(Map.of("value", value)).get("value")));
    }

    private static String masked(String text) {
        return HISTORY_KEY.matcher(UUID.matcher(text).replaceAll("<random>")).replaceAll("history#<time>#<random>");
    }
}
