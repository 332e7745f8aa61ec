package dev.caravan.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ffmpeg.FfmpegHealth;
import dev.caravan.settings.RedisAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Check GOOD = new StoreCheck("s3", "bucket b", () -> {});
    private static final Check NO_STORE = new StoreCheck("dynamodb", "table t", () -> {
        throw new IllegalStateException("Connection refused");
    });
    private static final Check NO_REDIS =
            new RedisCheck(Optional.of(new RedisAddress(false, "127.0.0.1", 1, null, null, 0)));

    private final AtomicLong nanoTime = new AtomicLong();

    private HealthReport report(Check... checks) {
        try (Health health = new Health(Arrays.asList(checks), "1.0", nanoTime::get)) {
            return health.report();
        }
    }

    @Test
    void all_good_is_healthy() {
        HealthReport report = report(GOOD, new RedisCheck(Optional.empty()));
        assertThat(report.status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(report.words()).isEqualTo(Map.of("s3", "connected", "redis", "not configured"));
    }

    @Test
    void without_redis_it_is_degraded() {
        HealthReport report = report(GOOD, NO_REDIS);
        assertThat(report.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(report.well()).isTrue();
        assertThat(report.storesConnected()).isTrue();
    }

    @Test
    void without_a_store_it_is_unhealthy_and_says_why() {
        HealthReport report = report(GOOD, NO_REDIS, NO_STORE);
        assertThat(report.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(report.storesConnected()).isFalse();
        assertThat(report.checks().get("dynamodb").message()).isEqualTo("table t: Connection refused");
        assertThat(report.checks().get("dynamodb").advice()).isNotEmpty();
    }

    @Test
    void ffmpeg_is_missed_by_workers_only() {
        assertThat(report(new FfmpegCheck(new FfmpegHealth(null, "none", null), true))
                        .status())
                .isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(report(new FfmpegCheck(new FfmpegHealth(null, "none", null), false))
                        .status())
                .isEqualTo(HealthStatus.HEALTHY);
        HealthReport there = report(new FfmpegCheck(new FfmpegHealth("5.1", "none", null), true));
        assertThat(there.checks().get("ffmpeg").details().toString()).contains("version=5.1");
    }

    @Test
    void a_check_that_hangs_does_not_hold_up_the_others() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        Check hangs = new StoreCheck("queue", "queue q", () -> {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            HealthReport report = report(hangs, GOOD);
            assertThat(report.words()).isEqualTo(Map.of("queue", "disconnected", "s3", "connected"));
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void readiness_waits_for_no_dependency_that_only_degrades() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        Check hangs = new Hanging(hanging);
        try (Health health = new Health(List.of(hangs, GOOD), "1.0", System::nanoTime)) {
            CompletableFuture<HealthReport> whole = CompletableFuture.supplyAsync(health::report);
            HealthReport ready = health.readiness();
            assertThat(whole).isNotDone();
            assertThat(ready.storesConnected()).isTrue();
            assertThat(ready.words()).isEqualTo(Map.of("s3", "connected"));
            assertThat(whole.get().words()).isEqualTo(Map.of("redis", "disconnected", "s3", "connected"));
            assertThat(health.readiness().words()).containsEntry("redis", "disconnected");
        } finally {
            hanging.countDown();
        }
    }

    /** A Redis that swallows packets. */
    private record Hanging(CountDownLatch end) implements Check {
        @Override
        public String name() {
            return "redis";
        }

        @Override
        public Finding look() throws Exception {
            end.await();
            return Finding.good("connected", Map.of());
        }

        @Override
        public Finding outOfReach(String why) {
            return Finding.bad(HealthStatus.DEGRADED, "disconnected", why, null);
        }
    }

    @Test
    void what_was_found_is_good_for_two_seconds() {
        AtomicInteger looks = new AtomicInteger();
        Check counting = new StoreCheck("s3", "bucket b", looks::incrementAndGet);
        try (Health health = new Health(List.of(counting), "1.0", nanoTime::get)) {
            health.report();
            nanoTime.addAndGet(1_900_000_000);
            health.report();
            assertThat(looks).hasValue(1);
            nanoTime.addAndGet(200_000_000);
            health.report();
            assertThat(looks).hasValue(2);
        }
    }
}
