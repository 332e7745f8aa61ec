package dev.caravan.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void nothing_has_no_median() {
        assertThat(new Durations().percentile(0.5)).isNull();
    }

    @Test
    void what_is_shorter_than_the_first_bucket_is_told_as_a_tenth_of_a_second() {
        assertThat(Durations.bucket(Duration.ofMillis(-5))).isZero();
        Durations durations = new Durations();
        durations.add(Durations.bucket(Duration.ofMillis(3)), 1);
        assertThat(durations.percentile(0.5)).isEqualTo(0.1);
    }

    @Test
    void percentiles_are_as_precise_as_is_said_from_a_tenth_of_a_second_to_a_month() {
        Random random = new Random(4711);
        for (int round = 0; round < 50; round++) {
            double scale = Math.pow(10, random.nextDouble() * 6);
            long[] millis = LongStream.generate(() -> (long) (100 + scale * 400 * random.nextDouble()))
                    .limit(1 + random.nextInt(300))
                    .toArray();
            Durations durations = new Durations();
            LongStream.of(millis).forEach(took -> durations.add(Durations.bucket(Duration.ofMillis(took)), 1));
            long[] sorted = LongStream.of(millis).sorted().toArray();
            for (double of : new double[] {0.5, 0.95}) {
                double exact = sorted[(int) Math.ceil(of * sorted.length) - 1] / 1000.0;
                assertThat(durations.percentile(of)).isCloseTo(exact, Percentage.withPercentage(Durations.PRECISION));
            }
        }
    }
}
