package dev.caravan.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a caller is kept waiting. */
class PreferencesTest {
    private static final Duration MAX = Duration.ofSeconds(600);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|600|-",
                "respond-async|0|respond-async",
                "wait=10|10|wait=10",
                "Wait = 10|10|wait=10",
                "respond-async, wait=10|10|wait=10",
                "wait=\"7\"; foo=bar|7|wait=7",
                "wait=9999|600|wait=600",
                "wait=soon|600|-",
                "return=minimal|600|-"
            })
    void a_caller_waits_as_it_prefers_and_no_longer_than_is_granted(String header, long seconds, String applied) {
        Preferences preferences = Preferences.of(header);
        assertThat(preferences.within(MAX, MAX)).hasSeconds(seconds);
        assertThat(preferences.applied(MAX).orElse(null)).isEqualTo(applied);
    }
}
