package dev.caravan.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.http.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTimeTest {

    @Test
    void a_day_has_a_first_and_a_last_millisecond() {
        assertThat(QueryTime.first("2026-01-14")).isEqualTo("2026-01-14T00:00:00.000Z");
        assertThat(QueryTime.last("2026-01-14")).isEqualTo("2026-01-14T23:59:59.999Z");
    }

    @Test
    void a_time_is_taken_with_and_without_an_offset() {
        assertThat(QueryTime.first("2026-01-14T10:00:00Z")).isEqualTo("2026-01-14T10:00:00.000Z");
        assertThat(QueryTime.last("2026-01-14T10:00:00.25+02:00")).isEqualTo("2026-01-14T08:00:00.250Z");
        assertThat(QueryTime.last("2026-01-14T10:00")).isEqualTo("2026-01-14T10:00:00.000Z");
    }

    @Test
    void what_is_no_time_is_refused() {
        for (String text :
                List.of("", "yesterday", "2026-13-01", "2026-02-30", "10:00", "2026-01-14 10:00", "1768384800")) {
            assertThatThrownBy(() -> QueryTime.first(text)).as(text).isInstanceOf(ProblemException.class);
        }
    }
}
