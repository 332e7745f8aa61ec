package dev.caravan.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.job.Backlog.Waiting;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.Select;

class BacklogTest {
    private static final Instant NOW = Instant.parse("2026-01-14T10:30:00Z");

    private final AtomicLong nanoTime = new AtomicLong();
    private final FakeLine line = new FakeLine(Clock.fixed(NOW, ZoneOffset.UTC), 2);
    private final Backlog backlog = new Backlog(line.queue(), nanoTime::get);
    private int jobs;

    @Test
    void jobs_are_counted_over_all_parts_of_the_index_and_the_oldest_that_is_due_is_named() {
        wait(3, "convert", "anna", 10, "2026-01-14T10:20:00Z");
        wait(2, "poster", "ben", 10, "2026-01-14T10:10:00Z");
        wait(7, "poster", "ben", 15, "2026-01-14T11:00:00Z");
        assertThat(backlog.waiting()).isEqualTo(12);
        assertThat(backlog.byPriority())
                .isEqualTo(Map.of(
                        Priority.HIGH,
                        new Waiting(0, 0, null),
                        Priority.NORMAL,
                        new Waiting(5, 0, Instant.parse("2026-01-14T10:10:00Z")),
                        Priority.LOW,
                        new Waiting(7, 7, null)));
        assertThat(line.asked).noneMatch(query -> query.select() == Select.COUNT);
    }

    @Test
    void kinds_that_no_page_holds_are_counted_each_with_its_delayed_ones_and_its_oldest() {
        wait(600, "convert", "anna", 10, "2026-01-14T10:20:00Z");
        wait(300, "convert", "ben", 10, "2026-01-14T10:15:00Z");
        wait(400, "convert", "cleo", 10, "2026-01-14T12:00:00Z");
        wait(250, "poster", "anna", 10, "2026-01-14T10:50:00Z");
        assertThat(backlog.byKind())
                .isEqualTo(Map.of(
                        new PipelineAndPriority("convert", Priority.NORMAL),
                        new Waiting(1300, 400, Instant.parse("2026-01-14T10:15:00Z")),
                        new PipelineAndPriority("poster", Priority.NORMAL),
                        new Waiting(250, 250, null)));
        assertThat(line.queries()).isLessThan(40);
    }

    @Test
    void an_empty_index_costs_one_small_query_for_each_part() {
        assertThat(backlog.waiting()).isZero();
        assertThat(line.asked).hasSize(6).allMatch(query -> query.limit() <= 50);
    }

    @Test
    void counting_ends_at_ten_thousand() {
        wait(6_000, "convert", "anna", 5, "2026-01-14T10:20:00Z");
        wait(9_000, "convert", "anna", 10, "2026-01-14T10:20:00Z");
        wait(9_000, "convert", "anna", 15, "2026-01-14T10:20:00Z");
        assertThat(backlog.waiting()).isEqualTo(Backlog.MAX);
        assertThat(backlog.byPriority().get(Priority.NORMAL).jobs()).isEqualTo(4_000);
        assertThat(backlog.byPriority().get(Priority.LOW))
                .isEqualTo(new Waiting(0, 0, Instant.parse("2026-01-14T10:20:00Z")));
    }

    @Test
    void an_answer_is_good_for_two_seconds() {
        wait(3, "convert", "anna", 10, "2026-01-14T10:20:00Z");
        assertThat(backlog.waiting()).isEqualTo(3);
        wait(1, "convert", "anna", 10, "2026-01-14T10:20:00Z");
        nanoTime.addAndGet(1_900_000_000);
        assertThat(backlog.waiting()).isEqualTo(3);
        nanoTime.addAndGet(200_000_000);
        assertThat(backlog.waiting()).isEqualTo(4);
    }

    @Test
    void a_store_that_is_away_is_asked_again_after_two_seconds_and_not_before() {
        line.away = true;
        assertThatThrownBy(backlog::waiting).isInstanceOf(SdkException.class);
        assertThatThrownBy(backlog::waiting).isInstanceOf(SdkException.class);
        assertThat(line.asked).hasSize(1);
        line.away = false;
        nanoTime.addAndGet(2_100_000_000);
        assertThat(backlog.waiting()).isZero();
    }

    @Test
    void nobody_is_turned_away_because_a_count_took_too_long() {
        wait(3, "convert", "anna", 10, "2026-01-14T10:20:00Z");
        assertThat(backlog.waiting()).isEqualTo(3);
        line.away = true;
        nanoTime.addAndGet(2_100_000_000);
        assertThat(backlog.waiting()).isEqualTo(3);
        assertThatThrownBy(backlog::byKind).isInstanceOf(SdkException.class);
        nanoTime.addAndGet(60_000_000_000L);
        assertThatThrownBy(backlog::waiting).isInstanceOf(SdkException.class);
    }

    private void wait(int count, String pipeline, String owner, int priority, String due) {
        for (int i = 0; i < count; i++) {
            line.add("j" + jobs++, pipeline, owner, priority, Instant.parse(due));
        }
    }
}
