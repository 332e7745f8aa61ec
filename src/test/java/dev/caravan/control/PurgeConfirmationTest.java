package dev.caravan.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.functional.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PurgeConfirmationTest {
    private static final Map<String, Object> QUESTION = Map.of("pipeline", "one-act");

    private final SettableClock clock = new SettableClock();
    private final PurgeConfirmation confirmation = new PurgeConfirmation(clock);

    @Test
    void a_confirmation_tells_when_its_question_was_asked() {
        Instant asked = clock.instant();
        String token = confirmation.of(QUESTION, asked);
        clock.tick(Duration.ofMinutes(59));
        assertThat(confirmation.asked(QUESTION, token)).isEqualTo(asked);
    }

    @Test
    void a_confirmation_of_another_question_is_refused() {
        String token = confirmation.of(Map.of(), clock.instant());
        assertThatThrownBy(() -> confirmation.asked(QUESTION, token)).hasMessageContaining("not of this purge");
    }

    @Test
    void a_confirmation_is_good_for_an_hour() {
        String token = confirmation.of(QUESTION, clock.instant());
        clock.tick(Duration.ofMinutes(61));
        assertThatThrownBy(() -> confirmation.asked(QUESTION, token)).hasMessageContaining("older than an hour");
    }

    @Test
    void what_is_no_confirmation_is_refused() {
        for (String token : new String[] {"yes", "", "%%%", "MTIz"}) {
            assertThatThrownBy(() -> confirmation.asked(QUESTION, token)).hasMessageContaining("not of this purge");
        }
    }
}
