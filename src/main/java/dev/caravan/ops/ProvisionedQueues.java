package dev.caravan.ops;

import dev.caravan.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The queues, each with its dead-letter queue. */
final class ProvisionedQueues {
    /** Deliveries of a message that cannot be taken before it is set aside. */
    private static final int MAX_DELIVERIES = 5;

    /** Of a message among the dead letters, counted from its first arrival: as long as SQS keeps one. */
    private static final Duration DEAD_LETTERS = Duration.ofDays(14);

    private static final int PARTITION = 1;
    private static final int ACCOUNT = 4;

    private final SqsClient sqs;
    private final Settings settings;

    ProvisionedQueues(SqsClient sqs, Settings settings) {
        this.sqs = sqs;
        this.settings = settings;
    }

    private List<String> names() {
        return List.of(events(), settings.text("caravan.queue.jobs"));
    }

    private String events() {
        return settings.text("caravan.queue.events");
    }

    List<String> missing() {
        return names().stream().filter(name -> !exists(name)).toList();
    }

    /** @param made is told of each thing that was made */
    void create(Consumer<String> made) {
        for (String name : names()) {
            if (!exists(name)) {
                String redrive = redrive(deadLetters(name));
                sqs.createQueue(request -> request.queueName(name)
                        .attributes(Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                "60",
                                QueueAttributeName.REDRIVE_POLICY,
                                redrive)));
                made.accept("queue " + name + " with its dead-letter queue");
            } else if (attribute(url(name), QueueAttributeName.REDRIVE_POLICY) == null) {
                String redrive = redrive(deadLetters(name));
                sqs.setQueueAttributes(request ->
                        request.queueUrl(url(name)).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, redrive)));
                made.accept("dead-letter queue of queue " + name);
            }
        }
    }

    /**
     * Lets the bucket write to the events queue.
     *
     * @return the queue's ARN, which says in which partition and account the bucket is looked for, too
     */
    String openTo(String bucket) {
        String url = url(events());
        String arn = attribute(url, QueueAttributeName.QUEUE_ARN);
        String[] parts = arn.split(":");
        String policy =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},\
                "Action":"sqs:SendMessage","Resource":"%s","Condition":{\
                "ArnLike":{"aws:SourceArn":"arn:%s:s3:::%s"},"StringEquals":{"aws:SourceAccount":"%s"}}}]}"""
                        .formatted(arn, parts[PARTITION], bucket, parts[ACCOUNT]);
        sqs.setQueueAttributes(request -> request.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
        return arn;
    }

    /** The ARN of the queue's dead-letter queue, which is made where it is missing. */
    private String deadLetters(String name) {
        String dead = name + "-dead";
        if (!exists(dead)) {
            sqs.createQueue(request -> request.queueName(dead)
                    .attributes(Map.of(
                            QueueAttributeName.MESSAGE_RETENTION_PERIOD, String.valueOf(DEAD_LETTERS.toSeconds()))));
        }
        return attribute(url(dead), QueueAttributeName.QUEUE_ARN);
    }

    private static String redrive(String deadArn) {
        return "{\"maxReceiveCount\":\"%d\",\"deadLetterTargetArn\":\"%s\"}".formatted(MAX_DELIVERIES, deadArn);
    }

    private boolean exists(String name) {
        try {
            url(name);
            return true;
        } catch (QueueDoesNotExistException e) {
            return false;
        }
    }

    private String attribute(String url, QueueAttributeName name) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(name))
                .attributes()
                .get(name);
    }

    private String url(String name) {
        return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }
}
