package dev.caravan.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final AtomicInteger freed = new AtomicInteger();
    private final Places places = new Places(2, 1, freed::incrementAndGet);

    @Test
    void there_are_as_many_places_as_were_set() {
        assertThat(places.take(false, false)).isPresent();
        assertThat(places.take(false, false)).isPresent();
        assertThat(places.take(false, false)).isEmpty();
        assertThat(places.free()).isFalse();
    }

    @Test
    void an_encoding_job_needs_a_slot_too_and_gives_it_up_once() {
        Place encoding = places.take(true, false).orElseThrow();
        assertThat(places.take(true, false)).isEmpty();
        encoding.giveUpSlot();
        encoding.giveUpSlot();
        assertThat(places.slotsTaken()).isZero();
        assertThat(places.take(true, false)).isPresent();
        encoding.close();
        assertThat(places.slotsTaken()).isEqualTo(1);
    }

    @Test
    void closing_a_place_twice_frees_it_once() {
        Place place = places.take(true, false).orElseThrow();
        place.close();
        place.close();
        assertThat(places.taken()).isZero();
        assertThat(freed).hasValue(2);
    }

    @Test
    void a_job_that_must_be_alone_waits_for_an_empty_worker_and_keeps_it_to_itself() {
        Place other = places.take(false, false).orElseThrow();
        assertThat(places.take(false, true)).isEmpty();
        other.close();
        Place alone = places.take(false, true).orElseThrow();
        assertThat(places.free()).isFalse();
        alone.close();
        assertThat(places.free()).isTrue();
    }
}
