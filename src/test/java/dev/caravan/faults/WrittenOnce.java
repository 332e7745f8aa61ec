package dev.caravan.faults;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Looks at all outputs four times a second, and says which of them became another one under the same name. */
final class WrittenOnce implements AutoCloseable {
    /** The embedded S3 shows an object under such a name while it is being sent; AWS shows nothing. */
    private static final Pattern HALF_WRITTEN = Pattern.compile("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

    private final S3Client s3;
    private final String bucket;
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final List<String> overwritten = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "written-once");
        thread.setDaemon(true);
        return thread;
    });

    WrittenOnce(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
        timer.scheduleWithFixedDelay(this::look, 0, 250, TimeUnit.MILLISECONDS);
    }

    /** The names of objects that changed, after one more look; empty as it should be. */
    List<String> overwritten() {
        look();
        return overwritten;
    }

    int objects() {
        return seen.size();
    }

    private synchronized void look() {
        for (S3Object object : s3.listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix("media/"))
                .contents()) {
            if (HALF_WRITTEN.matcher(object.key()).find()) {
                continue;
            }
            String now = object.eTag() + " of " + object.lastModified() + ", " + object.size() + " bytes";
            String before = seen.put(object.key(), now);
            if (before != null && !before.equals(now)) {
                overwritten.add(object.key() + ": was " + before + ", is " + now);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the last look does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
