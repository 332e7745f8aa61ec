package dev.caravan.upload;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs to look for boundaries in random bytes that come in pieces of 64 KiB, as a socket gives them. Asserts nothing. */
@Tag("bench")
class MultipartReaderBench {
    private static final int PIECE = 1 << 16;
    private static final int PIECES = 1 << 14;
    private static final int ROUNDS = 5;

    private long seen;

    @Test
    void a_gibibyte_without_a_boundary() {
        byte[] pieces = new byte[64 * PIECE];
        new Random(1).nextBytes(pieces);
        for (int round = 0; round < ROUNDS; round++) {
            MultipartReader reader = new MultipartReader("------------------------0123456789abcdef", new Counting());
            byte[] head = "--------------------------0123456789abcdef\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            long start = System.nanoTime();
            reader.feed(head, 0, head.length);
            for (int i = 0; i < PIECES; i++) {
                reader.feed(pieces, i % 64 * PIECE, PIECE);
            }
            System.out.printf(
                    Locale.ROOT, "BENCH %.3f s for 1 GiB (%d bytes)%n", (System.nanoTime() - start) / 1e9, seen);
        }
    }

    private final class Counting implements MultipartReader.Parts {
        @Override
        public void begin(PartHeader header) {}

        @Override
        public void data(byte[] bytes, int from, int length) {
            seen += length;
        }

        @Override
        public void end() {}
    }
}
