package dev.caravan.upload;

import java.util.Arrays;

/** Finds a sequence of bytes by Horspool's method, which never examines most bytes. */
final class ByteSearch {
    private final byte[] wanted;
    private final int[] shift = new int[256];

    ByteSearch(byte[] wanted) {
        this.wanted = wanted.clone();
        Arrays.fill(shift, wanted.length);
        for (int i = 0; i < wanted.length - 1; i++) {
            shift[wanted[i] & 0xFF] = wanted.length - 1 - i;
        }
    }

    int length() {
        return wanted.length;
    }

    /** Returns the first place from {@code from} until before {@code to}, or -1. */
    int in(byte[] bytes, int from, int to) {
        int last = wanted.length - 1;
        for (int i = from + last; i < to; i += shift[bytes[i] & 0xFF]) {
            if (bytes[i] == wanted[last] && Arrays.equals(bytes, i - last, i, wanted, 0, last)) {
                return i - last;
            }
        }
        return -1;
    }

    /** Returns where a beginning of the sequence ends the range, which later bytes may complete; {@code to} if none does. */
    int beginsAtEnd(byte[] bytes, int from, int to) {
        for (int i = Math.max(from, to - wanted.length + 1); i < to; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, to, wanted, 0, to - i)) {
                return i;
            }
        }
        return to;
    }
}
