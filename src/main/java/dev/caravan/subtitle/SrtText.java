package dev.caravan.subtitle;

import dev.caravan.failure.StepException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * The text of a file, by its byte order mark, as UTF-8 if it is that, or by the frequency of its letters.
 *
 * @param guessed true for the last
 */
record SrtText(List<String> lines, String charset, boolean guessed) {
    private static final Charset FALLBACK = Charset.forName("windows-1252");
    /** Random bytes have ten control characters in a hundred, text has none. */
    private static final double MOST_CONTROLS = 0.02;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int ESCAPE = 0x1B;

    /** @throws StepException permanent {@code SRT_EMPTY} or {@code SRT_BINARY} */
    static SrtText decode(byte[] bytes) {
        Charset marked = marked(bytes);
        if (marked == null) {
            refuseBinary(bytes);
        }
        Charset known = marked != null ? marked : isUtf8(bytes) ? StandardCharsets.UTF_8 : null;
        Charset charset = known != null ? known : guess(bytes);
        String text = new String(bytes, charset);
        if (text.chars().allMatch(SrtText::isBlank)) {
            throw StepException.permanent(
                    "SRT_EMPTY", "SRT file is empty: it holds no text", "Upload the subtitles again.");
        }
        String unmarked = text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        return new SrtText(List.of(unmarked.split("\r\n|\r|\n", -1)), charset.name(), known == null);
    }

    private static Charset marked(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        } else if (startsWith(bytes, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return startsWith(bytes, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Charset guess(byte[] bytes) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes);
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : FALLBACK;
    }

    private static void refuseBinary(byte[] bytes) {
        int controls = 0;
        for (int i = 0; i < bytes.length; i++) {
            controls += isControl(bytes[i]) ? 1 : 0;
            if (bytes[i] == 0 || controls > 1 + bytes.length * MOST_CONTROLS) {
                throw StepException.permanent(
                        "SRT_BINARY",
                        "SRT file is no text: line %d holds the byte 0x%02X".formatted(line(bytes, i), bytes[i]),
                        "Upload the subtitles as an SRT text file, in UTF-8 best.");
            }
        }
    }

    /** ISO-2022 switches its alphabets with escapes. */
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
