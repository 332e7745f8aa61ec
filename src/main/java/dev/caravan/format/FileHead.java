package dev.caravan.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The first bytes of a file after its tags, with tests for what they are.
 *
 * @param start the bytes
 * @param tagged true where ID3 or APE tags came before them
 */
public record FileHead(byte[] start, boolean tagged) {
    /** The bytes that may come before the first frame: as many as FFmpeg's demuxers skip. */
    private static final int REACH = 1 << 16;
    /** Long enough for several frames after the last position that is tested. */
    private static final int LENGTH = REACH + (1 << 15);

    private static final int TEXT_LENGTH = 4096;
    private static final int CHAIN = 5;
    private static final int ID3_HEADER = 10;
    private static final int APE_HEADER = 32;
    private static final byte TS_SYNC = 0x47;
    private static final Set<String> IMAGE_BRANDS =
            Set.of("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif", "avis");

    /** @param stream of a whole file; it is read as far as needed and left open */
    public static FileHead of(InputStream stream) throws IOException {
        byte[] start = stream.readNBytes(LENGTH);
        boolean tagged = false;
        for (long tag = tag(start); tag > 0; tag = tag(start)) {
            tagged = true;
            start = behind(stream, start, tag);
        }
        return new FileHead(start, tagged);
    }

    /** Returns the bytes of the tag at the beginning, its header included; 0 where there is none. */
    private static long tag(byte[] start) {
        FileHead head = new FileHead(start, false);
        if (head.text(0, "ID3") && start.length < ID3_HEADER || head.text(0, "APETAGEX") && start.length < APE_HEADER) {
            return start.length;
        } else if (head.text(0, "ID3") && (start[3] & 0xFF) < 0xFF) {
            boolean footer = (start[5] & 0x10) != 0;
            return (footer ? 2 : 1) * ID3_HEADER
                    + IntStream.range(6, 10).reduce(0, (sum, i) -> sum << 7 | start[i] & 0x7F);
        } else if (head.text(0, "APETAGEX")) {
            return APE_HEADER
                    + IntStream.range(0, 4)
                            .mapToLong(i -> (start[12 + i] & 0xFFL) << 8 * i)
                            .sum();
        }
        return 0;
    }

    private static byte[] behind(InputStream stream, byte[] start, long skipped) throws IOException {
        if (skipped > start.length) {
            stream.skip(skipped - start.length);
        }
        byte[] kept = Arrays.copyOfRange(start, (int) Math.min(skipped, start.length), start.length);
        byte[] more = stream.readNBytes(LENGTH - kept.length);
        byte[] all = Arrays.copyOf(kept, kept.length + more.length);
        System.arraycopy(more, 0, all, kept.length, more.length);
        return all;
    }

    boolean bytes(int offset, int... expected) {
        return start.length >= offset + expected.length
                && IntStream.range(0, expected.length).allMatch(i -> (start[offset + i] & 0xFF) == expected[i]);
    }

    public boolean text(int offset, String expected) {
        return bytes(offset, expected.chars().toArray());
    }

    boolean atom(String... types) {
        return Arrays.stream(types).anyMatch(type -> text(4, type));
    }

    boolean imageBrand() {
        return start.length >= 12 && IMAGE_BRANDS.contains(new String(start, 8, 4, StandardCharsets.ISO_8859_1));
    }

    /** Tests for transport stream packets: the sync byte has the same place in each of the first five, or all if fewer. */
    boolean packets(int packet, int offset, int least) {
        int packets = (start.length - offset - 1) / packet + 1;
        return packets >= least
                && IntStream.range(0, Math.min(packets, CHAIN)).allMatch(i -> start[offset + i * packet] == TS_SYNC);
    }

    /** Finds transport stream packets near the beginning, none of them empty. */
    boolean rhythm(int... packetSizes) {
        return IntStream.range(0, reach()).filter(at -> start[at] == TS_SYNC).anyMatch(at -> Arrays.stream(packetSizes)
                .anyMatch(size -> packetsFrom(at, size)));
    }

    private boolean packetsFrom(int at, int size) {
        return at + CHAIN * size <= start.length
                && IntStream.range(0, CHAIN)
                        .map(i -> at + i * size)
                        .allMatch(packet -> start[packet] == TS_SYNC && (start[packet + 3] & 0x30) != 0);
    }

    /** Finds a pack of a program stream near the beginning, with a packet that ends where the next one begins. */
    boolean programStream() {
        return IntStream.range(0, reach()).anyMatch(this::pack);
    }

    private boolean pack(int at) {
        if (!bytes(at, 0, 0, 1, 0xBA) || start.length < at + 14) {
            return false;
        }
        boolean two = (start[at + 4] & 0xC0) == 0x40;
        boolean one = (start[at + 4] & 0xF0) == 0x20;
        int packet = at + (two ? 14 + (start[at + 13] & 7) : 12);
        return (one || two)
                && bytes(packet, 0, 0, 1)
                && start.length > packet + 6
                && bytes(behindPacket(packet), 0, 0, 1);
    }

    private int behindPacket(int packet) {
        return packet + 6 + ((start[packet + 4] & 0xFF) << 8 | start[packet + 5] & 0xFF);
    }

    /** Finds an Ogg page that ends where another one begins. */
    boolean oggPages() {
        return IntStream.range(0, reach())
                .filter(at -> text(at, "OggS\u0000"))
                .anyMatch(at -> text(at + page(at), "OggS\u0000"));
    }

    private int page(int at) {
        if (start.length < at + 27) {
            return 0;
        }
        int segments = start[at + 26] & 0xFF;
        int end = Math.min(start.length, at + 27 + segments);
        return 27
                + segments
                + IntStream.range(at + 27, end).map(i -> start[i] & 0xFF).sum();
    }

    boolean chain(Frames frames, int at) {
        return frames.chain(start, at, CHAIN);
    }

    /** Finds frames near the beginning. */
    boolean chained(Frames frames) {
        return IntStream.range(0, reach()).anyMatch(at -> chain(frames, at));
    }

    private int reach() {
        return Math.max(0, Math.min(REACH, start.length - Frames.HEADER));
    }

    /** Tests for MPEG audio layer III: eleven set bits, layer 01, no bad bit rate and no reserved sampling rate. */
    boolean layerThree() {
        return start.length >= 4
                && (start[0] & 0xFF) == 0xFF
                && (start[1] & 0xE6) == 0xE2
                && (start[2] & 0xF0) != 0xF0
                && (start[2] & 0x0C) != 0x0C;
    }

    /** Tests for a stream that begins with parameter sets or an access unit delimiter (ITU-T H.264 and H.265, annex B). */
    boolean rawVideo() {
        int at = bytes(0, 0, 0, 0, 1) ? 4 : bytes(0, 0, 0, 1) ? 3 : -1;
        if (at < 0 || start.length < at + 2) {
            return false;
        }
        int avc = start[at] & 0x9F;
        int hevc = start[at] & 0xFF;
        return avc == 7 || avc == 9 || (hevc == 0x40 || hevc == 0x42 || hevc == 0x46) && start[at + 1] == 1;
    }

    /** Returns whether the text begins with one of these; a byte order mark and blanks before it do not matter. */
    boolean opens(String... words) {
        String text = readable();
        return Arrays.stream(words).anyMatch(word -> text.startsWith(word));
    }

    /** Returns true for XML or HTML that opens one of these elements near its beginning. */
    boolean xml(String... elements) {
        String text = readable().toLowerCase(Locale.ROOT);
        return text.startsWith("<") && Arrays.stream(elements).anyMatch(text::contains);
    }

    boolean isText() {
        String text = beginning();
        long strange = text.chars()
                .filter(c -> c == 0xFFFD || (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f'))
                .count();
        return strange * 20 < text.length();
    }

    private String beginning() {
        return new String(start, 0, Math.min(start.length, TEXT_LENGTH), StandardCharsets.UTF_8);
    }

    private String readable() {
        return beginning().replaceFirst("^\uFEFF?\\s*", "");
    }
}
