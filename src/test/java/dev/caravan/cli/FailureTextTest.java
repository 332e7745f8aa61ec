package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.settings.InvalidSetting;
import java.net.BindException;
import org.junit.jupiter.api.Test;

class FailureTextTest {

    @Test
    void our_own_words_win_over_those_of_a_framework() {
        Throwable failure = new IllegalStateException(
                "Error starting", new InvalidSetting("caravan.http.port", "x", "it must be a whole number such as 8"));

        assertThat(FailureText.about(failure, false))
                .isEqualTo("Caravan cannot run: Setting caravan.http.port = x: it must be a whole number such as 8");
    }

    @Test
    void else_the_innermost_cause_speaks() {
        Throwable failure = new IllegalStateException("Error starting", new BindException("Address already in use"));

        assertThat(FailureText.about(failure, false)).isEqualTo("Caravan cannot run: Address already in use");
    }

    @Test
    void the_stack_trace_comes_only_when_asked_for() {
        Throwable failure = new IllegalStateException("broken");

        assertThat(FailureText.about(failure, false)).hasLineCount(1);
        assertThat(FailureText.about(failure, true)).contains("at dev.caravan.cli.FailureTextTest");
    }
}
