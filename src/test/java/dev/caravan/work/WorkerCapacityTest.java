package dev.caravan.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerCapacityTest {
    private final AtomicInteger freed = new AtomicInteger();
    private final WorkerCapacity workerCapacity = new WorkerCapacity(2, 1, freed::incrementAndGet);

    @Test
    void there_are_as_many_places_as_were_set() {
        assertThat(workerCapacity.take(false, false)).isPresent();
        assertThat(workerCapacity.take(false, false)).isPresent();
        assertThat(workerCapacity.take(false, false)).isEmpty();
        assertThat(workerCapacity.free()).isFalse();
    }

    @Test
    void an_encoding_job_needs_a_slot_too_and_gives_it_up_once() {
        Place encoding = workerCapacity.take(true, false).orElseThrow();
        assertThat(workerCapacity.take(true, false)).isEmpty();
        encoding.giveUpSlot();
        encoding.giveUpSlot();
        assertThat(workerCapacity.slotsTaken()).isZero();
        assertThat(workerCapacity.take(true, false)).isPresent();
        encoding.close();
        assertThat(workerCapacity.slotsTaken()).isEqualTo(1);
    }

    @Test
    void closing_a_place_twice_frees_it_once() {
        Place place = workerCapacity.take(true, false).orElseThrow();
        place.close();
        place.close();
        assertThat(workerCapacity.taken()).isZero();
        assertThat(freed).hasValue(2);
    }

    @Test
    void a_job_that_must_be_alone_waits_for_an_empty_worker_and_keeps_it_to_itself() {
        Place other = workerCapacity.take(false, false).orElseThrow();
        assertThat(workerCapacity.take(false, true)).isEmpty();
        other.close();
        Place alone = workerCapacity.take(false, true).orElseThrow();
        assertThat(workerCapacity.free()).isFalse();
        alone.close();
        assertThat(workerCapacity.free()).isTrue();
    }
}
