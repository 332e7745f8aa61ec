package dev.caravan.job;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Sends doorbell messages, which tell workers to check the ready queue. The reconciler makes up for lost messages. */
public final class Doorbell {
    private static final Logger LOG = LoggerFactory.getLogger(Doorbell.class);
    /** SQS delays a message by 15 minutes at most. */
    private static final int MAX_DELAY = 900;

    private final SqsClient sqs;
    private final String queue;
    private volatile String url;

    public Doorbell(SqsClient sqs, String queue) {
        this.sqs = sqs;
        this.queue = queue;
    }

    public void ring() {
        ring(Duration.ZERO);
    }

    /** Sends a message after {@code delay}; for more than 15 minutes, the reconciler sends it. */
    public void ring(Duration delay) {
        long seconds = delay.plusMillis(999).toSeconds();
        if (seconds > MAX_DELAY) {
            return;
        }
        try {
            sqs.sendMessage(
                    request -> request.queueUrl(url()).messageBody("look").delaySeconds((int) seconds));
        } catch (SdkException e) {
            LOG.warn("could not ring on queue {}: {}; the reconciler will", queue, e.getMessage());
        }
    }

    private String url() {
        if (url == null) {
            url = sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
        }
        return url;
    }
}
