package dev.caravan.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.job.Job;
import dev.caravan.json.Json;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashSuspicionTest {
    private final CrashSuspicion suspicion =
            new CrashSuspicion(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15)));

    private static Job job(int crashes) {
        return Json.convert(Map.of("job_id", "j", "current_step", "convert", "crashes", crashes), Job.class);
    }

    private static CrashSuspicion of(String waits) {
        return CrashSuspicion.of(
                new Settings(key -> Optional.of(waits).filter(set -> key.equals("caravan.recovery.suspect-waits"))));
    }

    @Test
    void one_death_may_be_anybodys_and_two_make_a_suspect() {
        assertThat(CrashSuspicion.mustBeAlone(1)).isFalse();
        assertThat(suspicion.waitAfter(1)).isZero();
        assertThat(CrashSuspicion.mustBeAlone(2)).isTrue();
        assertThat(suspicion.waitAfter(2)).isEqualTo(Duration.ofMinutes(1));
        assertThat(suspicion.waitAfter(3)).isEqualTo(Duration.ofMinutes(5));
        assertThat(suspicion.waitAfter(4)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void the_verdict_falls_after_the_last_run_alone_and_not_before() {
        assertThat(suspicion.mostDeaths()).isEqualTo(5);
        assertThat(suspicion.condemns(job(3))).isFalse();
        assertThat(suspicion.condemns(job(4))).isTrue();
        assertThat(suspicion.condemns(job(7))).isTrue();
        assertThat(suspicion.verdict(job(4)).message())
                .isEqualTo(
                        "The worker process died 5 times while it ran this step, the last 3 times with no other job beside it");
    }

    /** A kill every 17 s for five minutes, each of which hits this very job as soon as it runs. */
    @Test
    void a_burst_of_kills_from_outside_condemns_no_job() {
        Duration clock = Duration.ZERO;
        Duration due = Duration.ZERO;
        int deaths = 0;
        for (int kill = 0; kill < 17; kill++) {
            clock = clock.plusSeconds(17);
            if (clock.compareTo(due) >= 0) {
                assertThat(suspicion.condemns(job(deaths))).isFalse();
                deaths++;
                due = clock.plus(suspicion.waitAfter(deaths));
            }
        }
        assertThat(deaths).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5m", "5m,1m", "1m,1m", "1m,soon"})
    void fewer_than_two_growing_waits_are_refused(String waits) {
        assertThatThrownBy(() -> of(waits)).isInstanceOf(InvalidSetting.class).hasMessageContaining("suspect-waits");
    }

    @Test
    void the_waits_are_a_setting() {
        assertThat(of("1s, 2m").waits()).containsExactly(Duration.ofSeconds(1), Duration.ofMinutes(2));
    }
}
