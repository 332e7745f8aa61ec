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

/** Runs the health checks. Probes are frequent and come from many clients, so the result is kept for two seconds. */
final class Health implements AutoCloseable {
    /** The maximum duration of one check. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<Check> checks;
    private final String version;
    private final LongSupplier nanoTime;
    private final ExecutorService threads;
    private Round now;
    /** The result of the last round of checks. */
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

    /** One round of all checks. */
    private record Round(long began, Map<Check, CompletableFuture<Finding>> looks) {
        boolean over() {
            return looks.values().stream().allMatch(CompletableFuture::isDone);
        }
    }

    /** Runs all checks in parallel; callers that come in the meantime wait for the same result. */
    HealthReport report() {
        Map<String, Finding> findings = new LinkedHashMap<>();
        round().looks().forEach((check, look) -> findings.put(check.name(), look.join()));
        found = findings;
        return HealthReport.of(version, findings);
    }

    /** Runs all checks, but waits only for those that readiness depends on; of the rest it returns the last result. */
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
