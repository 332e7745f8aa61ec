package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The parts of SQS that the doorbell and the ingest are made of. */
class QueuesIT {
    private final SqsClient sqs = Clients.ofSharedCloud().sqs();

    @Test
    void a_delayed_message_comes_later() {
        String queue = queue("queues-it-delay", Map.of());
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("later").delaySeconds(1));

        assertThat(receive(queue)).isEmpty();
        await().atMost(Duration.ofSeconds(5)).until(() -> !receive(queue).isEmpty());
    }

    @Test
    void a_message_that_nobody_can_use_goes_to_the_dead_letters() {
        String dead = queue("queues-it-dead", Map.of());
        String arn = sqs.getQueueAttributes(get -> get.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String queue = queue(
                "queues-it-poison",
                Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "0",
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"2\"}"));
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("poison"));

        await().atMost(Duration.ofSeconds(5)).until(() -> {
            receive(queue);
            return !receive(dead).isEmpty();
        });
    }

    @Test
    void a_queue_that_somebody_deleted_is_made_again() throws Exception {
        String url = queue("queues-it-deleted", Map.of());
        try (SqsClient another = Clients.ofSharedCloud().sqs();
                KeptQueues kept = new KeptQueues(
                        another,
                        List.of("queues-it-deleted"),
                        () -> List.of(queue("queues-it-deleted", Map.of())),
                        Duration.ofMillis(100))) {
            assertThat(kept).isNotNull();
            sqs.deleteQueue(delete -> delete.queueUrl(url));
            await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> receive(url)
                    .isEmpty());
        }
    }

    @Test
    void a_message_that_is_being_worked_on_stays_hidden_as_long_as_asked() {
        String queue = queue("queues-it-hidden", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1"));
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody("work"));
        Message message = receive(queue).get(0);

        sqs.changeMessageVisibility(change ->
                change.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(60));

        await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(3)).until(() -> receive(queue)
                .isEmpty());
    }

    private String queue(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(create -> create.queueName(name).attributes(attributes))
                .queueUrl();
    }

    private List<Message> receive(String queue) {
        return sqs.receiveMessage(receive -> receive.queueUrl(queue).waitTimeSeconds(0))
                .messages();
    }
}
