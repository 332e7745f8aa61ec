package dev.caravan.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityTest {
    @ParameterizedTest
    @CsvSource({
        "5,HIGH",
        "10,NORMAL",
        "15,LOW",
        "-3,HIGH",
        "0,HIGH",
        "7,HIGH",
        "8,NORMAL",
        "12,NORMAL",
        "13,LOW",
        "99,LOW"
    })
    void other_numbers_go_to_the_nearest_band(int number, Priority band) {
        assertThat(Priority.nearest(number)).isEqualTo(band);
    }
}
