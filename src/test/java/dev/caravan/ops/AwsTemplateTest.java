package dev.caravan.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.json.Json;
import dev.caravan.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** The CloudFormation template makes what {@code ./caravan provision} makes; nobody has to run both to see it. */
class AwsTemplateTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "caravan.name", "caravan",
            "caravan.aws.region", "eu-central-1",
            "caravan.s3.bucket", "media",
            "caravan.table.assets", "caravan-assets",
            "caravan.table.jobs", "caravan-jobs",
            "caravan.queue.events", "caravan-s3-events",
            "caravan.queue.jobs", "caravan-jobs");

    private static final EmptyAccount provisioned = new EmptyAccount();
    private static Map<String, Object> resources;

    @BeforeAll
    static void provision_an_account_and_read_the_template() throws IOException {
        Settings settings = new Settings(key -> Optional.ofNullable(SETTINGS.get(key)));
        Provision provision = new Provision(provisioned.s3, provisioned.dynamo, provisioned.sqs, settings);
        provision.create(made -> {});
        provision.notifyQueue();
        String text = Files.readString(Path.of("docker/aws/caravan.yaml")).replace("${Name}", "caravan");
        Object template = new Load(LoadSettings.builder().build()).loadFromString(text);
        resources = map(map(template).get("Resources"));
    }

    @Test
    void it_has_the_tables_with_their_keys() {
        Map<String, Object> expected = new TreeMap<>();
        provisioned.tables.forEach((name, table) -> expected.put(name, described(table)));
        Map<String, Object> found = new TreeMap<>();
        properties("AWS::DynamoDB::Table").forEach(table -> found.put(sub(table.get("TableName")), described(table)));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void the_tables_have_the_same_indexes() {
        Map<String, Object> expected = new TreeMap<>();
        provisioned.tables.values().forEach(table -> table.globalSecondaryIndexes()
                .forEach(index -> expected.put(table.tableName() + "/" + index.indexName(), described(index))));
        Map<String, Object> found = new TreeMap<>();
        properties("AWS::DynamoDB::Table").forEach(table -> list(table.get("GlobalSecondaryIndexes"))
                .forEach(index ->
                        found.put(sub(table.get("TableName")) + "/" + map(index).get("IndexName"), index)));
        assertThat(found).isNotEmpty().isEqualTo(expected);
    }

    @Test
    void the_tables_let_old_items_expire() {
        Map<String, Object> found = new TreeMap<>();
        properties("AWS::DynamoDB::Table")
                .forEach(table -> found.put(
                        sub(table.get("TableName")),
                        map(table.get("TimeToLiveSpecification")).get("AttributeName")));
        assertThat(found).isEqualTo(provisioned.expiring);
    }

    @Test
    void it_has_the_queues_and_their_dead_letter_queues() {
        Map<String, Object> expected = new TreeMap<>();
        provisioned.queues.forEach((name, attributes) -> expected.put(
                name,
                attributes.containsKey("RedrivePolicy")
                        ? List.of(
                                attributes.get("VisibilityTimeout"),
                                Json.parse(attributes.get("RedrivePolicy")).get("maxReceiveCount"),
                                Json.parse(attributes.get("RedrivePolicy")).get("deadLetterTargetArn"))
                        : List.of(attributes.get("MessageRetentionPeriod"))));
        Map<String, Object> found = new TreeMap<>();
        properties("AWS::SQS::Queue").forEach(queue -> found.put(sub(queue.get("QueueName")), described(queue)));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void the_bucket_announces_the_same_events_on_the_same_queue() {
        Map<String, Object> bucket = properties("AWS::S3::Bucket").get(0);
        List<?> announced = list(map(bucket.get("NotificationConfiguration")).get("QueueConfigurations"));
        assertThat(provisioned.notifications).hasSize(1);
        assertThat(announced).hasSize(1);
        assertThat(List.of(map(announced.get(0)).get("Event")))
                .isEqualTo(provisioned.notifications.get(0).eventsAsStrings());
        assertThat(arn(map(announced.get(0)).get("Queue")))
                .isEqualTo(provisioned.notifications.get(0).queueArn());
        assertThat(provisioned.queues.get("caravan-s3-events")).containsKey("Policy");
        assertThat(properties("AWS::SQS::QueuePolicy")).hasSize(1);
    }

    @Test
    void the_operators_guide_shows_the_same_policy() throws IOException {
        Matcher block = Pattern.compile("```json\\n(\\{.*?\"Version\".*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/operators.md")));
        assertThat(block.find()).isTrue();
        Map<String, Object> policy = properties("AWS::IAM::ManagedPolicy").get(0);
        assertThat(actions(Json.parse(block.group(1)))).isEqualTo(actions(map(policy.get("PolicyDocument"))));
    }

    private static Map<String, Set<String>> actions(Map<String, Object> policy) {
        Map<String, Set<String>> bySid = new TreeMap<>();
        list(policy.get("Statement")).forEach(statement -> {
            Object action = map(statement).get("Action");
            Set<String> names = new TreeSet<>();
            (action instanceof List<?> several ? several : List.of(action)).forEach(name -> names.add(name.toString()));
            bySid.put(String.valueOf(map(statement).get("Sid")), names);
        });
        return bySid;
    }

    private static Map<String, Object> described(CreateTableRequest table) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("BillingMode", table.billingModeAsString());
        described.put("KeySchema", keys(table.keySchema()));
        described.put(
                "AttributeDefinitions",
                table.attributeDefinitions().stream()
                        .collect(Collectors.toMap(
                                AttributeDefinition::attributeName, AttributeDefinition::attributeTypeAsString)));
        return described;
    }

    private static Map<String, Object> described(GlobalSecondaryIndex index) {
        return Map.of(
                "IndexName",
                index.indexName(),
                "KeySchema",
                keys(index.keySchema()),
                "Projection",
                Map.of(
                        "ProjectionType", index.projection().projectionTypeAsString(),
                        "NonKeyAttributes", index.projection().nonKeyAttributes()));
    }

    private static List<Map<String, Object>> keys(List<KeySchemaElement> keys) {
        return keys.stream()
                .map(key ->
                        Map.<String, Object>of("AttributeName", key.attributeName(), "KeyType", key.keyTypeAsString()))
                .toList();
    }

    /** Of a table or queue in the template, in the form that the provisioned one has. */
    private static Object described(Map<String, Object> properties) {
        if (properties.containsKey("QueueName")) {
            Map<String, Object> redrive = map(properties.get("RedrivePolicy"));
            return redrive.isEmpty()
                    ? List.of(properties.get("MessageRetentionPeriod").toString())
                    : List.of(
                            properties.get("VisibilityTimeout").toString(),
                            redrive.get("maxReceiveCount").toString(),
                            arn(redrive.get("deadLetterTargetArn")));
        }
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("BillingMode", properties.get("BillingMode"));
        described.put("KeySchema", properties.get("KeySchema"));
        described.put(
                "AttributeDefinitions",
                list(properties.get("AttributeDefinitions")).stream()
                        .collect(Collectors.toMap(item -> map(item).get("AttributeName"), item -> map(item)
                                .get("AttributeType"))));
        return described;
    }

    private static List<Map<String, Object>> properties(String type) {
        List<Map<String, Object>> found = new ArrayList<>();
        resources.values().stream()
                .filter(resource -> type.equals(map(resource).get("Type")))
                .forEach(resource -> found.add(map(map(resource).get("Properties"))));
        return found;
    }

    /** {@code Fn::Sub}; the name was put in when the file was read. */
    private static String sub(Object value) {
        return map(value).get("Fn::Sub").toString();
    }

    /** {@code Fn::GetAtt: [Queue, Arn]}, as the empty account would write it. */
    private static String arn(Object value) {
        Object queue = list(map(value).get("Fn::GetAtt")).get(0);
        return EmptyAccount.ARN
                + sub(map(map(resources.get(queue)).get("Properties")).get("QueueName"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return node instanceof Map ? (Map<String, Object>) node : Map.of();
    }

    private static List<?> list(Object node) {
        return node instanceof List<?> list ? list : List.of();
    }
}
