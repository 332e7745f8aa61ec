package dev.caravan.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.TestCaravan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who is the active reconciler, on clocks that the test moves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoleLeaseIT {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();
    private TestCaravan caravan;
    private RoleLease first;
    private RoleLease second;

    @BeforeAll
    void start() {
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).change("caravan.roles", "api");
        caravan.start();
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @BeforeEach
    void nobody_is_active() {
        RoleLease before = lease("anyone/0/0");
        while (!before.hold(null)) {
            tick(LEASE.toSeconds());
        }
        before.release(Map.of());
        first = lease("anna/1/1");
        second = lease("ben/2/2");
    }

    private RoleLease lease(String self) {
        return new RoleLease(caravan.records(), caravan.tables(), caravan.clock(), self, LEASE, nanos::get);
    }

    private void tick(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void one_is_active_and_the_other_watches_for_as_long_as_it_lives() {
        assertThat(first.hold(null)).isTrue();
        for (int round = 0; round < 5; round++) {
            tick(20);
            assertThat(second.hold(null)).isFalse();
            assertThat(first.hold(Map.of())).isTrue();
        }
        assertThat(first.record()).containsEntry("rounds", caravanRounds());
    }

    private Object caravanRounds() {
        return RoleLease.read(caravan.records(), caravan.tables()).get("rounds");
    }

    @Test
    void one_that_shows_no_sign_of_life_is_succeeded_after_a_whole_lease_and_notices_when_it_comes_back() {
        assertThat(first.hold(null)).isTrue();
        assertThat(second.hold(null)).isFalse();
        tick(29);
        assertThat(second.hold(null)).isFalse();
        tick(1);
        assertThat(second.hold(null)).isTrue();
        assertThat(first.stillHeld()).isFalse();
        assertThat(first.hold(null)).isFalse();
        assertThat(second.stillHeld()).isTrue();
    }

    @Test
    void after_a_clean_stop_the_next_one_goes_on_at_once_where_the_first_one_was() {
        first.hold(null);
        first.hold(Map.of("outputs", Map.of("cursor", "media/x")));
        assertThat(second.hold(null)).isFalse();
        first.release(Map.of("outputs", Map.of("cursor", "media/y")));
        assertThat(second.hold(null)).isTrue();
        assertThat(second.record()).containsEntry("duties", Map.of("outputs", Map.of("cursor", "media/y")));
    }

    @Test
    void a_process_that_was_started_again_need_not_wait_for_itself() {
        assertThat(lease("anna/1/before").hold(null)).isTrue();
        assertThat(second.hold(null)).isFalse();
        assertThat(first.hold(null)).isTrue();
    }

    @Test
    void of_two_that_take_over_in_the_same_moment_one_is_active() {
        first.hold(null);
        RoleLease third = lease("clara/3/3");
        second.hold(null);
        third.hold(null);
        tick(30);
        assertThat(second.hold(null)).isTrue();
        assertThat(third.hold(null)).isFalse();
    }
}
