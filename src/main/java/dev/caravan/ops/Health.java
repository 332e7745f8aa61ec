package dev.caravan.ops;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** How everything is. Probes come often and from many sides, so what was found is good for two seconds. */
final class Health implements AutoCloseable {
    /** How long one check may take. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<Check> checks;
    private final String version;
    private final LongSupplier nanoTime;
    private final ExecutorService threads;
    private HealthReport last;
    private long lastAt;

    Health(List<Check> checks, String version, LongSupplier nanoTime) {
        this.checks = checks;
        this.version = version;
        this.nanoTime = nanoTime;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "health-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Looks at everything at once; whoever asks meanwhile waits for the same answer. */
    synchronized HealthReport report() {
        if (last == null || nanoTime.getAsLong() - lastAt > FRESH.toNanos()) {
            last = HealthReport.of(version, look());
            lastAt = nanoTime.getAsLong();
        }
        return last;
    }

    private Map<String, Finding> look() {
        Map<String, CompletableFuture<Finding>> looking = new LinkedHashMap<>();
        checks.forEach(check -> looking.put(check.name(), start(check)));
        Map<String, Finding> findings = new LinkedHashMap<>();
        looking.forEach((name, finding) -> findings.put(name, finding.join()));
        return findings;
    }

    private CompletableFuture<Finding> start(Check check) {
        Finding late = check.outOfReach("no answer within %d s".formatted(PATIENCE.toSeconds()))
                .after(PATIENCE.toMillis());
        return CompletableFuture.supplyAsync(() -> timed(check), threads)
                .completeOnTimeout(late, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Finding timed(Check check) {
        long start = nanoTime.getAsLong();
        Finding finding;
        try {
            finding = check.look();
        } catch (Exception e) {
            finding = check.outOfReach(String.valueOf(e.getMessage()));
        }
        return finding.after((nanoTime.getAsLong() - start) / NANOS_PER_MILLI);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
