package dev.caravan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {
    private static final String ALPHABET = "bytesBYTES=-,0123456789 \t;W/\"x\u00e9";

    @ParameterizedTest(name = "{0} of {1} bytes is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-                           | 1000 | 0-999",
                "bytes=0-0                          | 1000 | 0-0",
                "bytes=0-499                        | 1000 | 0-499",
                "bytes=500-999                      | 1000 | 500-999",
                "bytes=999-                         | 1000 | 999-999",
                "bytes=999-999                      | 1000 | 999-999",
                "bytes=500-5000                     | 1000 | 500-999",
                "bytes=0-99999999999999999999999    | 1000 | 0-999",
                "bytes=00000000000000000000001-0002 | 1000 | 1-2",
                "bytes=-1                           | 1000 | 999-999",
                "bytes=-1000                        | 1000 | 0-999",
                "bytes=-5000                        | 1000 | 0-999",
                "bytes=-99999999999999999999999     | 1000 | 0-999",
                "BYTES=1-2                          | 1000 | 1-2",
                "'  bytes= 1-2 , '                  | 1000 | 1-2",
                "bytes=1-2,                         | 1000 | 1-2",
                "bytes=0-0                          | 1    | 0-0",
                "bytes=4294967296-                  | 8589934592 | 4294967296-8589934591",
                "bytes=1000-                        | 1000 | none",
                "bytes=1000-1000                    | 1000 | none",
                "bytes=99999999999999999999-        | 1000 | none",
                "bytes=-0                           | 1000 | none",
                "bytes=-00                          | 1000 | none",
                "bytes=2-1                          | 1000 | whole",
                "bytes=1-2,4-5                      | 1000 | whole",
                "bytes=0-0,-1                       | 1000 | whole",
                "bytes=                             | 1000 | whole",
                "bytes=-                            | 1000 | whole",
                "bytes=--1                          | 1000 | whole",
                "bytes=+1-2                         | 1000 | whole",
                "bytes=1 - 2                        | 1000 | whole",
                "bytes=1-2-3                        | 1000 | whole",
                "bytes=a-b                          | 1000 | whole",
                "bytes=0x1-2                        | 1000 | whole",
                "bytes=\u0661-\u0662                | 1000 | whole",
                "bytes =1-2                         | 1000 | whole",
                "bytes                              | 1000 | whole",
                "bytes:1-2                          | 1000 | whole",
                "seconds=1-2                        | 1000 | whole",
                "''                                 | 1000 | whole",
                "bytes=0-                           | 0    | whole",
                "bytes=-1                           | 0    | whole",
            })
    void a_range_header_means(String header, long size, String expected) {
        assertThat(text(ByteRange.of(List.of(header), size))).isEqualTo(expected);
    }

    @Test
    void no_header_is_the_whole_and_so_are_two() {
        assertThat(ByteRange.of(List.of(), 10)).isEqualTo(ByteRange.WHOLE);
        assertThat(ByteRange.of(List.of("bytes=0-1", "bytes=2-3"), 10)).isEqualTo(ByteRange.WHOLE);
    }

    @Test
    void whatever_is_asked_for_lies_within_the_file() {
        Random random = new Random(9110);
        for (int i = 0; i < 200_000; i++) {
            long size = random.nextInt(5) == 0 ? random.nextInt(3) : Math.abs(random.nextLong());
            String header = random.nextBoolean() ? "bytes=" + noise(random) : noise(random);
            if (ByteRange.of(List.of(header), size) instanceof ByteRange.Part part) {
                assertThat(part.first()).as(header).isBetween(0L, part.last());
                assertThat(part.last()).as(header).isLessThan(size);
                assertThat(part.length()).as(header).isPositive();
            }
        }
    }

    private static String noise(Random random) {
        return random.ints(random.nextInt(24), 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }

    private static String text(ByteRange range) {
        if (range instanceof ByteRange.Part part) {
            return part.first() + "-" + part.last();
        }
        return range.equals(ByteRange.WHOLE) ? "whole" : "none";
    }
}
