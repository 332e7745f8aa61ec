package dev.caravan.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** An MP4 whose boxes are changed, so that they say what is not so (ISO/IEC 14496-12). Its index stands behind its data. */
final class Boxes {
    private static final List<String> FOLDERS = List.of("moov", "trak", "mdia", "minf", "stbl", "edts");

    private ByteBuffer bytes;

    private Boxes(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    static Boxes of(Path file) {
        try {
            return new Boxes(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a number into every box of that name in one track, or in the file where it stands outside of tracks. */
    Boxes set(int track, String box, int offset, long value) {
        int at = find(0, bytes.capacity(), track, box);
        bytes.putInt(at + offset, (int) value);
        return this;
    }

    /** The track has no samples: all its tables are empty. */
    Boxes empty(int track) {
        return set(track, "stts", 12, 0)
                .set(track, "stsz", 16, 0)
                .set(track, "stsc", 12, 0)
                .set(track, "stco", 12, 0);
    }

    /** The last of the track's samples, which all last the same, lasts so many ticks. */
    Boxes lastLasts(int track, long ticks) {
        int table = find(0, bytes.capacity(), track, "stts");
        int count = bytes.getInt(table + 16);
        bytes.putInt(table + 12, 2);
        bytes.putInt(table + 16, count - 1);
        byte[] old = bytes.array();
        byte[] longer = new byte[old.length + 8];
        System.arraycopy(old, 0, longer, 0, table + 24);
        ByteBuffer.wrap(longer, table + 24, 8).putInt(1).putInt((int) ticks);
        System.arraycopy(old, table + 24, longer, table + 32, old.length - table - 24);
        bytes = ByteBuffer.wrap(longer);
        grow(0, longer.length - 8, table);
        return this;
    }

    Path write(Path file) {
        try {
            return Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every box that holds the place has become eight bytes longer. */
    private void grow(int from, int end, int place) {
        for (int at = from; at + 8 <= end; ) {
            int size = bytes.getInt(at);
            if (at <= place && place < at + size) {
                bytes.putInt(at, size + 8);
                if (FOLDERS.contains(name(at))) {
                    grow(at + 8, at + size, place);
                }
                return;
            }
            at += size;
        }
    }

    private int find(int from, int end, int track, String box) {
        int traks = 0;
        for (int at = from; at + 8 <= end; at += Math.max(8, bytes.getInt(at))) {
            String name = name(at);
            boolean inside = FOLDERS.contains(name) && (!name.equals("trak") || traks++ == track);
            int found = name.equals(box) ? at : inside ? find(at + 8, at + bytes.getInt(at), track, box) : -1;
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    private String name(int at) {
        return new String(Arrays.copyOfRange(bytes.array(), at + 4, at + 8), StandardCharsets.ISO_8859_1);
    }
}
