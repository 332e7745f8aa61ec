package dev.caravan.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

class BacklogTest {
    private static final Instant NOW = Instant.parse("2026-01-14T10:30:00Z");
    private static final int PAGE = 4_000;

    private final AtomicLong nanoTime = new AtomicLong();
    private final Index index = new Index();
    private final Backlog backlog = new Backlog(
            new Jobs(
                    new Records(index),
                    new Tables("assets", "jobs"),
                    Clock.fixed(NOW, ZoneOffset.UTC),
                    2,
                    new SimpleMeterRegistry()),
            nanoTime::get);

    /** A ready index whose partitions hold so many entries, and that answers in pages. */
    private static final class Index implements DynamoDbClient {
        private final Map<String, Integer> entries = new HashMap<>();
        private final Map<String, String> oldest = new HashMap<>();
        private final List<QueryRequest> asked = new ArrayList<>();
        private boolean away;

        @Override
        public QueryResponse query(QueryRequest request) {
            asked.add(request);
            if (away) {
                throw SdkClientException.create("Connection refused");
            }
            String partition = request.expressionAttributeValues().get(":ready").s();
            int there = entries.getOrDefault(partition, 0);
            if (request.select() != Select.COUNT) {
                return QueryResponse.builder()
                        .items(
                                there == 0
                                        ? List.of()
                                        : List.of(Items.attributes(Map.of("due_at", oldest.get(partition)))))
                        .build();
            }
            int from = request.hasExclusiveStartKey()
                    ? Integer.parseInt(request.exclusiveStartKey().get("at").n())
                    : 0;
            int counted = Math.min(Math.min(PAGE, request.limit()), there - from);
            return QueryResponse.builder()
                    .count(counted)
                    .lastEvaluatedKey(from + counted < there ? Items.attributes(Map.of("at", from + counted)) : null)
                    .build();
        }

        void holds(String partition, int count, String dueAt) {
            entries.put(partition, count);
            oldest.put(partition, dueAt);
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }

    @Test
    void jobs_are_counted_over_all_parts_of_the_index_and_the_oldest_that_is_due_is_named() {
        index.holds("ready#10#0", 3, "2026-01-14T10:20:00.000Z");
        index.holds("ready#10#1", 2, "2026-01-14T10:10:00.000Z");
        index.holds("ready#15#1", 7, "2026-01-14T11:00:00.000Z");
        assertThat(backlog.waiting()).isEqualTo(12);
        assertThat(backlog.byPriority())
                .containsEntry(Priority.HIGH, new Backlog.Waiting(0, null))
                .containsEntry(Priority.NORMAL, new Backlog.Waiting(5, Instant.parse("2026-01-14T10:10:00Z")))
                .containsEntry(Priority.LOW, new Backlog.Waiting(7, null));
    }

    @Test
    void an_empty_index_costs_one_small_query_for_each_part() {
        assertThat(backlog.waiting()).isZero();
        assertThat(index.asked).hasSize(6).allMatch(query -> query.limit() == 1);
    }

    @Test
    void counting_ends_at_ten_thousand() {
        index.holds("ready#05#0", 6_000, "2026-01-14T10:20:00.000Z");
        index.holds("ready#10#0", 90_000, "2026-01-14T10:20:00.000Z");
        index.holds("ready#15#0", 90_000, "2026-01-14T10:20:00.000Z");
        assertThat(backlog.waiting()).isEqualTo(Backlog.MOST);
        assertThat(index.asked.stream().filter(query -> query.select() == Select.COUNT))
                .hasSize(3);
    }

    @Test
    void an_answer_is_good_for_two_seconds() {
        index.holds("ready#10#0", 3, "2026-01-14T10:20:00.000Z");
        assertThat(backlog.waiting()).isEqualTo(3);
        index.holds("ready#10#0", 4, "2026-01-14T10:20:00.000Z");
        nanoTime.addAndGet(1_900_000_000);
        assertThat(backlog.waiting()).isEqualTo(3);
        nanoTime.addAndGet(200_000_000);
        assertThat(backlog.waiting()).isEqualTo(4);
    }

    @Test
    void a_store_that_is_away_is_asked_again_after_two_seconds_and_not_before() {
        index.away = true;
        assertThatThrownBy(backlog::waiting).isInstanceOf(SdkException.class);
        assertThatThrownBy(backlog::waiting).isInstanceOf(SdkException.class);
        assertThat(index.asked).hasSize(1);
        index.away = false;
        nanoTime.addAndGet(2_100_000_000);
        assertThat(backlog.waiting()).isZero();
    }
}
