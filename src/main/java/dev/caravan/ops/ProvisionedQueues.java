package dev.caravan.ops;

import dev.caravan.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Checks and creates the queues, each with its dead-letter queue. */
final class ProvisionedQueues {
    /** The number of failed deliveries of a message before it moves to the dead-letter queue. */
    private static final int MAX_DELIVERIES = 5;

    /** The retention of a message in the dead-letter queue, counted from its first arrival: the maximum of SQS. */
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

    /** @param made receives a line for each thing that was created */
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
     * Allows the bucket to write to the events queue.
     *
     * @return the queue's ARN, whose partition and account are those in which the bucket is looked for, too
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

    /** Returns the ARN of the queue's dead-letter queue, which is created where it is missing. */
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
