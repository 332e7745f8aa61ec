package dev.caravan.local;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sends S3's event notifications to their queue, one after the other, asynchronously: an upload that is stored succeeds
 * immediately, even if its event fails.
 */
final class EventQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

    private final CompletableFuture<SqsClient> sqs;
    private final String url;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(EventQueue::thread);
    private final AtomicLong last = new AtomicLong();

    /** @param sqs completes when SQS runs; events wait for it */
    EventQueue(CompletableFuture<SqsClient> sqs, String url) {
        this.sqs = sqs;
        this.url = url;
    }

    static SqsClient client(Port port, String region, Credentials credentials) {
        return SqsClient.builder()
                .endpointOverride(URI.create(port.url()))
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    void send(S3Notification event) {
        sender.execute(() -> deliver(event));
    }

    private void deliver(S3Notification event) {
        try {
            sqs.join().sendMessage(message -> message.queueUrl(url).messageBody(event.json()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "The S3 event {} of {} was lost, the reconciler will find the object: {}",
                    event.name(),
                    event.key(),
                    e.getMessage());
        }
    }

    /** Grows with every call and across restarts, as long as the clock does: microseconds, or one more than the last. */
    String nextSequencer() {
        Instant now = Instant.now();
        long micros = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1000;
        return "%018X".formatted(last.updateAndGet(previous -> Math.max(previous + 1, micros)));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "s3-events");
        thread.setDaemon(true);
        return thread;
    }

    /** Sends the events that wait, for two seconds at most. */
    @Override
    public void close() throws InterruptedException {
        sender.shutdown();
        if (!sender.awaitTermination(2, TimeUnit.SECONDS)) {
            LOG.warn("S3 events were still waiting at the end; the reconciler will find their objects");
        }
        sqs.thenAccept(SqsClient::close);
    }
}
