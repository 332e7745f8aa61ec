package dev.caravan.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Recreates queues of the embedded SQS that a client deleted. The reconciler finds what they held. */
final class KeptQueues implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptQueues.class);

    private final SqsClient sqs;
    private final List<String> names;
    private final Supplier<List<String>> make;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "keep-queues");
        thread.setDaemon(true);
        return thread;
    });

    /** @param make creates the missing queues, and returns their names */
    KeptQueues(SqsClient sqs, List<String> names, Supplier<List<String>> make, Duration interval) {
        this.sqs = sqs;
        this.names = names;
        this.make = make;
        timer.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            List<String> there = sqs.listQueues().queueUrls().stream()
                    .map(url -> url.substring(url.lastIndexOf('/') + 1))
                    .toList();
            if (!there.containsAll(names)) {
                LOG.warn("Somebody deleted a queue of the embedded SQS. Made again: {}", String.join(", ", make.get()));
            }
        } catch (RuntimeException e) {
            LOG.warn("The queues of the embedded SQS could not be looked at: {}", e.getMessage());
        }
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        timer.awaitTermination(2, TimeUnit.SECONDS);
        sqs.close();
    }
}
