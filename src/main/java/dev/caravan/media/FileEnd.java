package dev.caravan.media;

import dev.caravan.format.Container;
import dev.caravan.storage.PlainFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks, without decoding anything, that the bytes are there that a file's own headers promise: a transfer that ended
 * early leaves headers that look whole. Sources: ISO/IEC 14496-12 (boxes), Microsoft's RIFF, RFC 8794 (EBML sizes), the
 * Xing header of MP3 as LAME writes it.
 *
 * @param promised bytes that the file should have
 * @param present bytes that it has
 */
record FileEnd(long promised, long present) {
    /** Headers are wrong by a few bytes of padding. */
    private static final long INEXACT = 16;

    private static final long UNKNOWN_32 = 0xFFFF_FFF0L;
    private static final int SEARCHED = 8192;

    /** Empty if the file is whole, or does not say how long it should be. */
    static Optional<FileEnd> missing(Path file, Container container) {
        try (RandomAccessFile bytes = PlainFile.random(file)) {
            long promised =
                    switch (container) {
                        case MOV -> boxes(bytes);
                        case WAV, AVI -> riff(bytes);
                        case MATROSKA -> segment(bytes);
                        case MP3 -> xing(bytes);
                        default -> 0;
                    };
            long present = bytes.length();
            return promised > present + INEXACT ? Optional.of(new FileEnd(promised, present)) : Optional.empty();
        } catch (EOFException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the part of the file that is there, 0 to 1. */
    double part() {
        return (double) present / promised;
    }

    String sentence() {
        return "The file ends early: of %d bytes that its header promises, %d are there (%d %%)"
                .formatted(promised, present, Math.max(1, 100 * present / promised));
    }

    /** @param seconds that the header claims */
    String sentence(double seconds) {
        return "%s, about %.1f of %.1f s".formatted(sentence(), seconds * part(), seconds);
    }

    /** Returns the offset at which the last box ends. */
    private static long boxes(RandomAccessFile file) throws IOException {
        long at = 0;
        while (at + 8 <= file.length()) {
            file.seek(at);
            long size = Integer.toUnsignedLong(file.readInt());
            file.readInt();
            long whole = size == 1 ? file.readLong() : size;
            if (whole < 8) {
                return 0;
            }
            at += whole;
        }
        return at;
    }

    private static long riff(RandomAccessFile file) throws IOException {
        file.seek(0);
        byte[] form = new byte[4];
        file.readFully(form);
        long size = Integer.toUnsignedLong(Integer.reverseBytes(file.readInt()));
        boolean told = new String(form, StandardCharsets.US_ASCII).equals("RIFF") && size < UNKNOWN_32;
        return told ? size + 8 : 0;
    }

    /** The segment is the second element, after the EBML header. */
    private static long segment(RandomAccessFile file) throws IOException {
        file.seek(4);
        long header = vint(file);
        file.seek(file.getFilePointer() + header);
        boolean segment = file.readInt() == 0x18538067;
        long size = vint(file);
        return segment && size >= 0 ? file.getFilePointer() + size : 0;
    }

    /** Returns -1 for an unknown size. */
    private static long vint(RandomAccessFile file) throws IOException {
        int first = file.readUnsignedByte();
        int length = Integer.numberOfLeadingZeros(first) - 24;
        long value = first & (0xFF >> length + 1);
        boolean unknown = value == 0xFF >> length + 1;
        for (int i = 0; i < length; i++) {
            int next = file.readUnsignedByte();
            unknown &= next == 0xFF;
            value = value << 8 | next;
        }
        return unknown || length > 7 ? -1 : value;
    }

    /** Xing or Info is in the first frame, and counts bytes from that frame on if its second flag is set. */
    private static long xing(RandomAccessFile file) throws IOException {
        byte[] start = new byte[10];
        file.seek(0);
        file.readFully(start);
        long tag = 0;
        if (new String(start, 0, 3, StandardCharsets.US_ASCII).equals("ID3")) {
            tag = 10 + ((start[6] & 0x7FL) << 21 | (start[7] & 0x7F) << 14 | (start[8] & 0x7F) << 7 | start[9] & 0x7F);
        }
        byte[] frame = new byte[(int) Math.min(SEARCHED, Math.max(0, file.length() - tag))];
        file.seek(tag);
        file.readFully(frame);
        String text = new String(frame, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("Xing") >= 0 ? text.indexOf("Xing") : text.indexOf("Info");
        boolean inFirstFrame = at > 0 && at <= 40;
        if (!inFirstFrame || frame.length < at + 16 || (frame[at + 7] & 2) == 0) {
            return 0;
        }
        file.seek(tag + at + ((frame[at + 7] & 1) == 0 ? 8 : 12));
        return tag + Integer.toUnsignedLong(file.readInt());
    }
}
