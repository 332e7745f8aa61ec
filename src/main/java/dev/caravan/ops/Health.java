package dev.caravan.ops;

import dev.caravan.failure.ExceptionText;
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
    private Round now;
    /** What the last round found of everything. */
    private volatile Map<String, Finding> found = Map.of();

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

    /** One look at everything. */
    private record Round(long began, Map<Check, CompletableFuture<Finding>> looks) {
        boolean over() {
            return looks.values().stream().allMatch(CompletableFuture::isDone);
        }
    }

    /** Looks at everything side by side; callers that come meanwhile wait for the same answer. */
    HealthReport report() {
        Map<String, Finding> findings = new LinkedHashMap<>();
        round().looks().forEach((check, look) -> findings.put(check.name(), look.join()));
        found = findings;
        return HealthReport.of(version, findings);
    }

    /** The same, but waits only for what readiness depends on; of the rest it tells what is known. */
    HealthReport readiness() {
        Map<String, Finding> known = found;
        Map<String, Finding> findings = new LinkedHashMap<>();
        round().looks().forEach((check, look) -> {
            Finding finding = check.decidesReadiness() ? look.join() : look.getNow(known.get(check.name()));
            if (finding != null) {
                findings.put(check.name(), finding);
            }
        });
        return HealthReport.of(version, findings);
    }

    private synchronized Round round() {
        if (now == null || now.over() && nanoTime.getAsLong() - now.began() > FRESH.toNanos()) {
            Map<Check, CompletableFuture<Finding>> looks = new LinkedHashMap<>();
            long began = nanoTime.getAsLong();
            checks.forEach(check -> looks.put(check, start(check)));
            now = new Round(began, looks);
        }
        return now;
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
            finding = check.outOfReach(ExceptionText.of(e));
        }
        return finding.after((nanoTime.getAsLong() - start) / NANOS_PER_MILLI);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
