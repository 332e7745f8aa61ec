package dev.caravan.stream;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The range that a {@code Range} header asks for (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110,
 * 14</a>). An unknown form means the whole file, and so do several ranges in one request, as that section allows.
 */
sealed interface ByteRange {
    /** The whole file, by 200. */
    record Whole() implements ByteRange {}

    /**
     * A part, by 206.
     *
     * @param first byte, from 0
     * @param last byte, included
     */
    record Part(long first, long last) implements ByteRange {
        long length() {
            return last - first + 1;
        }

        /** Returns the value of {@code Content-Range}. */
        String of(long size) {
            return "bytes " + first + "-" + last + "/" + size;
        }

        /** Returns the value of {@code Range}. */
        String header() {
            return "bytes=" + first + "-" + last;
        }
    }

    /** No part of the file, by 416. */
    record Unsatisfiable() implements ByteRange {}

    ByteRange WHOLE = new Whole();
    ByteRange UNSATISFIABLE = new Unsatisfiable();

    Pattern SPEC = Pattern.compile("(\\d*)-(\\d*)");

    /**
     * @param headers all {@code Range} headers of the request
     * @param size of the file, bytes
     */
    static ByteRange of(List<String> headers, long size) {
        if (headers.size() != 1 || size == 0) {
            return WHOLE;
        }
        String header = headers.get(0).strip();
        int equals = header.indexOf('=');
        if (equals < 0 || !header.substring(0, equals).toLowerCase(Locale.ROOT).equals("bytes")) {
            return WHOLE;
        }
        List<String> ranges = Stream.of(header.substring(equals + 1).split(","))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .toList();
        return ranges.size() == 1 ? one(ranges.get(0), size) : WHOLE;
    }

    private static ByteRange one(String range, long size) {
        Matcher spec = SPEC.matcher(range);
        if (!spec.matches() || range.equals("-")) {
            return WHOLE;
        } else if (spec.group(1).isEmpty()) {
            long length = number(spec.group(2));
            return length == 0 ? UNSATISFIABLE : new Part(Math.max(0, size - length), size - 1);
        }
        long first = number(spec.group(1));
        long last = spec.group(2).isEmpty() ? Long.MAX_VALUE : number(spec.group(2));
        if (last < first) {
            return WHOLE;
        }
        return first >= size ? UNSATISFIABLE : new Part(first, Math.min(last, size - 1));
    }

    /** Reads a number; no file has as many bytes as one of more than 18 digits says. */
    private static long number(String digits) {
        String plain = digits.replaceFirst("^0+(?=.)", "");
        return plain.length() > 18 ? Long.MAX_VALUE : Long.parseLong(plain);
    }
}
