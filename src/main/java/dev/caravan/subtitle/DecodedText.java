package dev.caravan.subtitle;

import dev.caravan.failure.StepException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes the text of a file: by its byte order mark, as UTF-8 if it is valid, or by the frequency of its letters. */
record DecodedText(List<String> lines, FileCharset coding) {
    /** Random bytes have ten control characters in a hundred, text has none. */
    private static final double MAX_CONTROLS = 0.02;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int ESCAPE = 0x1B;

    /** @throws StepException permanent {@code SRT_EMPTY} or {@code SRT_BINARY} */
    static DecodedText decode(byte[] bytes) {
        DecodedText text = read(bytes);
        if (text.lines.stream().flatMapToInt(String::chars).allMatch(DecodedText::isBlank)) {
            throw StepException.permanent(
                    "SRT_EMPTY", "SRT file is empty: it holds no text", "Upload the subtitles again.");
        }
        String first = text.lines.get(0);
        if (!first.isEmpty() && first.charAt(0) == BYTE_ORDER_MARK) {
            text.lines.set(0, first.substring(1));
        }
        return text;
    }

    SubtitleFormat dialect() {
        return SubtitleFormat.of(lines.get(0));
    }

    private static DecodedText read(byte[] bytes) {
        String marked = marked(bytes);
        if (marked != null && !marked.equals(StandardCharsets.UTF_8.name())) {
            return whole(bytes, new FileCharset(marked, false, 1));
        }
        MixedCharsetLines lines = new MixedCharsetLines(ByteLine.of(bytes));
        if (marked != null) {
            return lines.utf8();
        }
        Optional<FileCharset> wide = CharsetDetection.wide(bytes);
        if (wide.isPresent()) {
            return whole(bytes, wide.get());
        }
        refuseBinary(bytes);
        return isShifted(bytes) ? shifted(bytes, lines) : read(bytes, lines);
    }

    private static DecodedText shifted(byte[] bytes, MixedCharsetLines lines) {
        FileCharset guess = CharsetDetection.guess(bytes);
        return guess.charset().startsWith("ISO-2022") ? whole(bytes, guess) : read(bytes, lines);
    }

    private static DecodedText read(byte[] bytes, MixedCharsetLines lines) {
        if (lines.isUtf8() || lines.isMostlyUtf8()) {
            return lines.utf8();
        }
        FileCharset guess = CharsetDetection.guess(bytes);
        return LatinAlphabets.isLatin(guess.charset()) ? lines.latin(guess) : whole(bytes, guess);
    }

    /** Decodes all lines; a byte or a unit without a meaning becomes U+FFFD. */
    private static DecodedText whole(byte[] bytes, FileCharset coding) {
        String text = LenientUtf16.in(bytes, coding.charset());
        List<String> lines = new ArrayList<>(List.of(text.split("\r\n|\r|\n", -1)));
        return new DecodedText(lines, coding.with(UndecodableLines.damagedIn(lines)));
    }

    private static String marked(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return "UTF-8";
        } else if (startsWith(bytes, 0xFF, 0xFE, 0, 0)) {
            return "UTF-32LE";
        } else if (startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            return "UTF-32BE";
        } else if (startsWith(bytes, 0xFF, 0xFE)) {
            return "UTF-16LE";
        }
        return startsWith(bytes, 0xFE, 0xFF) ? "UTF-16BE" : null;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Detects ISO-2022, which switches its alphabets with escapes and is ASCII otherwise. */
    private static boolean isShifted(byte[] bytes) {
        for (byte each : bytes) {
            if (each == ESCAPE) {
                return true;
            }
        }
        return false;
    }

    private static void refuseBinary(byte[] bytes) {
        int controls = 0;
        for (int i = 0; i < bytes.length; i++) {
            controls += isControl(bytes[i]) ? 1 : 0;
            if (bytes[i] == 0 || controls > 1 + bytes.length * MAX_CONTROLS) {
                throw StepException.permanent(
                        "SRT_BINARY",
                        "SRT file is no text: line %d holds the byte 0x%02X".formatted(line(bytes, i), bytes[i]),
                        "Upload the subtitles as an SRT text file, in UTF-8 best.");
            }
        }
    }

    private static boolean isControl(byte value) {
        return value >= 0 && value < ' ' && value != ESCAPE && !Character.isWhitespace(value);
    }

    private static long line(byte[] bytes, int at) {
        return 1
                + new String(bytes, 0, at, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count();
    }

    private static boolean isBlank(int letter) {
        return Character.isWhitespace(letter) || Character.isISOControl(letter) || letter == BYTE_ORDER_MARK;
    }
}
