package dev.caravan.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NewestFirstTest {

    private static Position at(int millis, String id) {
        return new Position("2026-01-14T12:00:00.%03dZ".formatted(millis), id);
    }

    private static List<Position> merge(Position after, List<List<Position>> partitions) {
        return NewestFirst.merge(
                        partitions.stream()
                                .map(partition -> new SameMillisecond<>(partition.iterator()))
                                .toList(),
                        after)
                .toList();
    }

    @Test
    void partitions_become_one_list() {
        List<Position> merged = merge(
                null,
                List.of(
                        List.of(at(9, "a"), at(3, "b")),
                        List.of(at(7, "c"), at(1, "d")),
                        List.of(),
                        List.of(at(5, "e"))));
        assertThat(merged).extracting(Position::id).containsExactly("a", "c", "e", "b", "d");
    }

    @Test
    void an_entry_that_two_partitions_have_comes_once() {
        assertThat(merge(null, List.of(List.of(at(5, "a"), at(4, "b")), List.of(at(5, "a"), at(3, "c")))))
                .extracting(Position::id)
                .containsExactly("a", "b", "c");
    }

    @Test
    void no_more_is_read_than_is_asked_for() {
        AtomicInteger read = new AtomicInteger();
        Iterator<Position> endless =
                Stream.generate(() -> at(999 - read.getAndIncrement(), "x")).iterator();
        NewestFirst.merge(List.of(new SameMillisecond<>(endless)), null)
                .limit(10)
                .toList();
        assertThat(read.get()).isLessThan(15);
    }

    /** Entries at random, many in the same millisecond, that every partition has in some order of its own. */
    @Test
    void pages_of_any_size_hold_each_entry_once_and_in_order() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<List<Position>> partitions = partitions(random);
            List<Position> all = new ArrayList<>(
                    new TreeSet<>(partitions.stream().flatMap(List::stream).toList()));
            int size = 1 + random.nextInt(7);
            List<Position> paged = new ArrayList<>();
            Position after = null;
            List<Position> page;
            do {
                page = merge(after, partitions).stream().limit(size).toList();
                paged.addAll(page);
                after = page.isEmpty() ? after : page.get(page.size() - 1);
            } while (!page.isEmpty());
            assertThat(paged).isEqualTo(all);
        }
    }

    private static List<List<Position>> partitions(Random random) {
        List<List<Position>> partitions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<Position> partition = new ArrayList<>();
            for (int entries = random.nextInt(12); entries > 0; entries--) {
                partition.add(at(random.nextInt(5), "id" + random.nextInt(1000)));
            }
            Collections.shuffle(partition, random);
            partition.sort(Comparator.comparing(Position::createdAt).reversed());
            partitions.add(partition);
        }
        return partitions;
    }
}
