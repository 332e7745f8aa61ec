package dev.caravan.upload;

import java.util.Arrays;

/** Finds a sequence of bytes by Horspool's method: most bytes are never looked at. */
final class Search {
    private final byte[] wanted;
    private final int[] shift = new int[256];

    Search(byte[] wanted) {
        this.wanted = wanted.clone();
        Arrays.fill(shift, wanted.length);
        for (int i = 0; i < wanted.length - 1; i++) {
            shift[wanted[i] & 0xFF] = wanted.length - 1 - i;
        }
    }

    int length() {
        return wanted.length;
    }

    /** Where it begins for the first time at or after {@code from}, or -1. */
    int in(byte[] bytes, int from) {
        int last = wanted.length - 1;
        int i = from;
        while (i <= bytes.length - wanted.length) {
            byte end = bytes[i + last];
            if (end == wanted[last] && Arrays.equals(bytes, i, i + last, wanted, 0, last)) {
                return i;
            }
            i += shift[end & 0xFF];
        }
        return -1;
    }

    /** Where a beginning of it stands at the very end of {@code bytes}, which may become it; the end where none does. */
    int beginsAtEnd(byte[] bytes, int from) {
        for (int i = Math.max(from, bytes.length - wanted.length + 1); i < bytes.length; i++) {
            if (Arrays.equals(bytes, i, bytes.length, wanted, 0, bytes.length - i)) {
                return i;
            }
        }
        return bytes.length;
    }
}
