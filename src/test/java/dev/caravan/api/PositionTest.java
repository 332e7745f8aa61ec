package dev.caravan.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PositionTest {
    private static final String NOON = "2026-01-14T12:00:00.000Z";
    private static final String ONE = "2026-01-14T13:00:00.000Z";

    @Test
    void the_newest_comes_first_and_then_the_larger_id() {
        Position noonA = new Position(NOON, "a");
        Position noonB = new Position(NOON, "b");
        Position one = new Position(ONE, "a");
        assertThat(Stream.of(noonA, one, noonB).sorted()).containsExactly(one, noonB, noonA);
    }

    @Test
    void a_cursor_leads_back_to_where_it_came_from() {
        Position position = new Position(NOON, "65f1234567890abcdef12345");
        assertThat(Position.of(position.cursor())).isEqualTo(position);
        assertThat(position.cursor()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void what_is_no_cursor_is_refused() {
        List<String> texts = List.of(
                "",
                "1",
                "1 " + NOON,
                "2 " + NOON + " a",
                "1 yesterday a",
                "1 " + NOON + " a b",
                "1 " + NOON + " " + "x".repeat(65),
                "1 " + NOON + " \u0000");
        for (String text : texts) {
            String cursor = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> Position.of(cursor)).as(text).isInstanceOf(ProblemException.class);
        }
        for (String cursor : List.of("?", "%%%", "a", "../../etc", "💥")) {
            assertThatThrownBy(() -> Position.of(cursor)).as(cursor).isInstanceOf(ProblemException.class);
        }
    }
}
