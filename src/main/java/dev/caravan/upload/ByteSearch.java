package dev.caravan.upload;

import java.util.Arrays;

/** Finds a sequence of bytes by Horspool's method: most bytes are never looked at. */
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

    /** Where it stands for the first time from {@code from} until before {@code to}, or -1. */
    int in(byte[] bytes, int from, int to) {
        int last = wanted.length - 1;
        for (int i = from + last; i < to; i += shift[bytes[i] & 0xFF]) {
            if (bytes[i] == wanted[last] && Arrays.equals(bytes, i - last, i, wanted, 0, last)) {
                return i - last;
            }
        }
        return -1;
    }

    /** Where a beginning of it stands at the very end of the range, which may become it; {@code to} where none does. */
    int beginsAtEnd(byte[] bytes, int from, int to) {
        for (int i = Math.max(from, to - wanted.length + 1); i < to; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, to, wanted, 0, to - i)) {
                return i;
            }
        }
        return to;
    }
}
