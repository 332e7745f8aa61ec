package dev.caravan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreconditionsTest {
    private static final Instant MODIFIED = Instant.parse("2026-01-06T10:30:00Z");
    private static final String THEN = "Tue, 06 Jan 2026 10:30:00 GMT";
    private static final String BEFORE = "Tue, 06 Jan 2026 10:29:59 GMT";
    private static final String LATER = "Tue, 06 Jan 2026 10:30:01 GMT";

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "If-Match            | \"a\"                   | GO_ON",
                "If-Match            | *                       | GO_ON",
                "If-Match            | \"b\", \"a\"            | GO_ON",
                "If-Match            | \"b\"                   | FAILED",
                "If-Match            | W/\"a\"                 | FAILED",
                "If-Match            | a                       | FAILED",
                "If-Match            | ''                      | FAILED",
                "If-None-Match       | \"a\"                   | NOT_MODIFIED",
                "If-None-Match       | W/\"a\"                 | NOT_MODIFIED",
                "If-None-Match       | *                       | NOT_MODIFIED",
                "If-None-Match       | \"b\",W/\"c\" , \"a\"   | NOT_MODIFIED",
                "If-None-Match       | ,,\"a\"                 | NOT_MODIFIED",
                "If-None-Match       | \"x,\"a\"               | GO_ON",
                "If-None-Match       | \"b\"                   | GO_ON",
                "If-None-Match       | \"A\"                   | GO_ON",
                "If-None-Match       | a                       | GO_ON",
                "If-None-Match       | \"*\"                   | GO_ON",
                "If-Modified-Since   | " + THEN + "            | NOT_MODIFIED",
                "If-Modified-Since   | " + LATER + "           | NOT_MODIFIED",
                "If-Modified-Since   | " + BEFORE + "          | GO_ON",
                "If-Modified-Since   | yesterday               | GO_ON",
                "If-Unmodified-Since | " + THEN + "            | GO_ON",
                "If-Unmodified-Since | " + BEFORE + "          | FAILED",
                "If-Unmodified-Since | yesterday               | GO_ON",
            })
    void a_condition_is(String header, String value, Preconditions.Verdict verdict) {
        assertThat(with(header, value).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "If-Range: {0} lets the range count: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"a\"          | true",
                "\"b\"          | false",
                "W/\"a\"        | false",
                "\"a\", \"b\"   | false",
                "*              | false",
                THEN + "        | true",
                LATER + "       | false",
                BEFORE + "      | false",
                "''             | false",
            })
    void a_range_counts_only_for_the_file_it_was_meant_for(String value, boolean counts) {
        assertThat(with("If-Range", value).rangeCounts()).isEqualTo(counts);
    }

    @Test
    void without_conditions_everything_goes_on() {
        Preconditions none = new Preconditions(MultiMap.caseInsensitiveMultiMap(), "\"a\"", Optional.of(MODIFIED));
        assertThat(none.verdict()).isEqualTo(Preconditions.Verdict.GO_ON);
        assertThat(none.rangeCounts()).isTrue();
    }

    @Test
    void tags_go_before_dates() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.add("If-Match", "\"a\"").add("If-Unmodified-Since", BEFORE);
        headers.add("If-None-Match", "\"b\"").add("If-Modified-Since", LATER);
        assertThat(new Preconditions(headers, "\"a\"", Optional.of(MODIFIED)).verdict())
                .isEqualTo(Preconditions.Verdict.GO_ON);
    }

    @Test
    void a_list_may_stand_in_several_headers() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.add("If-None-Match", "\"b\"").add("If-None-Match", "\"a\"");
        assertThat(new Preconditions(headers, "\"a\"", Optional.empty()).verdict())
                .isEqualTo(Preconditions.Verdict.NOT_MODIFIED);
    }

    @Test
    void a_file_whose_time_is_not_known_is_not_found_by_dates() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.add("If-Modified-Since", LATER).add("If-Range", THEN).add("If-Unmodified-Since", BEFORE);
        Preconditions unknown = new Preconditions(headers, "\"a\"", Optional.empty());
        assertThat(unknown.verdict()).isEqualTo(Preconditions.Verdict.GO_ON);
        assertThat(unknown.rangeCounts()).isFalse();
    }

    private static Preconditions with(String header, String value) {
        return new Preconditions(MultiMap.caseInsensitiveMultiMap().add(header, value), "\"a\"", Optional.of(MODIFIED));
    }
}
