package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What was acknowledged before {@code kill -9} is there after it. */
class KilledCloudIT {
    private static final int MANY = 20;

    @TempDir
    Path folder;

    @Test
    void everything_acknowledged_survives_a_kill() throws Exception {
        CloudProcess first = CloudProcess.start(folder);
        write(first.clients());
        first.kill();

        try (CloudProcess second = CloudProcess.start(folder)) {
            assertAllThere(second.clients());
        }
    }

    @Test
    void a_killed_cloud_leaves_no_redis_behind() throws Exception {
        CloudProcess cloud = CloudProcess.start(folder);
        List<ProcessHandle> children = cloud.handle().descendants().toList();

        cloud.kill();

        assertThat(children).isNotEmpty();
        await().atMost(Duration.ofSeconds(10)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void two_clouds_on_two_folders_run_side_by_side(@TempDir Path other) throws Exception {
        try (CloudProcess one = CloudProcess.start(folder);
                CloudProcess two = CloudProcess.start(other)) {
            one.clients().s3().putObject(put -> put.bucket("caravan").key("only-here"), RequestBody.fromString("x"));

            assertThat(two.clients()
                            .s3()
                            .listObjectsV2(list -> list.bucket("caravan"))
                            .contents())
                    .isEmpty();
        }
    }

    @Test
    void a_second_cloud_on_the_same_folder_hears_who_has_it() throws Exception {
        try (CloudProcess holder = CloudProcess.start(folder)) {
            assertThatThrownBy(() -> LocalCloud.reserve(LocalSettings.on(folder)))
                    .isInstanceOf(LocalCloudException.class)
                    .hasMessageContaining("pid " + holder.handle().pid());
        }
    }

    @Test
    void only_this_machine_can_reach_it() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(folder)) {
            assertThat(ListeningSockets.of(cloud.handle())).hasSize(4).allSatisfy(address -> assertThat(address)
                    .startsWith("127.0.0.1:"));
        }
    }

    private static void write(Clients clients) throws IOException {
        DynamoDbClient tables = clients.dynamoDb();
        tables.createTable(table -> table.tableName("kept")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                .attributeDefinitions(id -> id.attributeName("id").attributeType(ScalarAttributeType.S)));
        SqsClient sqs = clients.sqs();
        String queue = sqs.createQueue(create -> create.queueName("kept")).queueUrl();
        for (int i = 0; i < MANY; i++) {
            String name = "n" + i;
            clients.s3().putObject(put -> put.bucket("caravan").key(name), RequestBody.fromString(name));
            tables.putItem(put -> put.tableName("kept").item(Map.of("id", AttributeValue.fromS(name))));
            sqs.sendMessage(send -> send.queueUrl(queue).messageBody(name));
            redis(clients, "SET " + name + " " + name);
        }
    }

    private static void assertAllThere(Clients clients) throws IOException {
        List<String> names = IntStream.range(0, MANY).mapToObj(i -> "n" + i).toList();
        assertThat(clients.s3().listObjectsV2(list -> list.bucket("caravan")).contents())
                .extracting(object -> object.key())
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(clients.dynamoDb().scan(scan -> scan.tableName("kept")).items())
                .extracting(item -> item.get("id").s())
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(messages(clients.sqs())).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(redis(clients, "GET " + name)).contains(name);
        }
    }

    private static List<String> messages(SqsClient sqs) {
        String queue = sqs.getQueueUrl(get -> get.queueName("kept")).queueUrl();
        return IntStream.range(0, 2 * MANY)
                .mapToObj(i ->
                        sqs.receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(10)))
                .flatMap(answer -> answer.messages().stream())
                .map(Message::body)
                .toList();
    }

    /** One command in Redis' inline protocol; returns all that it answers. */
    private static String redis(Clients clients, String command) throws IOException {
        URI url = URI.create(clients.get("redis.url"));
        String password = url.getUserInfo().substring(1);
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(("AUTH " + password + "\r\n" + command + "\r\nQUIT\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
