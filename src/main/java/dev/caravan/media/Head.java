package dev.caravan.media;

import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** The first bytes of a file, and questions about them. */
record Head(byte[] start) {
    private static final int LENGTH = 4096;
    private static final byte TS_SYNC = 0x47;
    private static final Set<String> IMAGE_BRANDS =
            Set.of("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif", "avis");

    static Head of(Path file) throws IOException {
        try (InputStream stream = PlainFile.read(file)) {
            return new Head(stream.readNBytes(LENGTH));
        }
    }

    boolean bytes(int offset, int... expected) {
        return start.length >= offset + expected.length
                && IntStream.range(0, expected.length).allMatch(i -> (start[offset + i] & 0xFF) == expected[i]);
    }

    boolean text(int offset, String expected) {
        return bytes(offset, expected.chars().toArray());
    }

    boolean atom(String... types) {
        return Arrays.stream(types).anyMatch(type -> text(4, type));
    }

    boolean imageBrand() {
        return start.length >= 12 && IMAGE_BRANDS.contains(new String(start, 8, 4, StandardCharsets.ISO_8859_1));
    }

    /** Transport stream packets: the sync byte stands at the same place of each of the first ones. */
    boolean every(int packet, int offset) {
        int packets = (start.length - offset - 1) / packet + 1;
        return packets >= 3
                && IntStream.range(0, Math.min(packets, 5)).allMatch(i -> start[offset + i * packet] == TS_SYNC);
    }

    /** MPEG audio layer III: eleven set bits, layer 01, neither the bad bit rate nor the reserved sampling rate. */
    boolean mpegAudioFrame() {
        return start.length >= 4
                && (start[0] & 0xFF) == 0xFF
                && (start[1] & 0xE6) == 0xE2
                && (start[2] & 0xF0) != 0xF0
                && (start[2] & 0x0C) != 0x0C;
    }

    /** True when the text of the file opens with one of these; a byte order mark and blanks before it do not matter. */
    boolean opens(String... words) {
        String text = readable();
        return Arrays.stream(words).anyMatch(word -> text.startsWith(word));
    }

    /** True for XML or HTML that opens one of these elements near its beginning. */
    boolean xml(String... elements) {
        String text = readable().toLowerCase(Locale.ROOT);
        return text.startsWith("<") && Arrays.stream(elements).anyMatch(text::contains);
    }

    boolean isText() {
        String text = new String(start, StandardCharsets.UTF_8);
        long strange = text.chars()
                .filter(c -> c == 0xFFFD || (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f'))
                .count();
        return strange * 20 < text.length();
    }

    private String readable() {
        return new String(start, StandardCharsets.UTF_8).replaceFirst("^\uFEFF?\\s*", "");
    }
}
