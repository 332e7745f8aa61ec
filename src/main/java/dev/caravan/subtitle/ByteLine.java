package dev.caravan.subtitle;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A line of a file, examined as UTF-8.
 *
 * @param letters whole letters of several bytes
 * @param cut letters of which only the first bytes are there
 * @param stray single bytes that belong to no letter
 */
record ByteLine(byte[] bytes, int letters, int cut, int stray) {
    private static final int FIRST_USEFUL = 0xA0;

    /** Splits a file into its lines, which may end with CR, LF or both. */
    static List<ByteLine> of(byte[] file) {
        List<ByteLine> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < file.length; at++) {
            if (file[at] == '\n' || file[at] == '\r') {
                lines.add(line(Arrays.copyOfRange(file, from, at), false));
                at += file[at] == '\r' && at + 1 < file.length && file[at + 1] == '\n' ? 1 : 0;
                from = at + 1;
            }
        }
        lines.add(line(Arrays.copyOfRange(file, from, file.length), true));
        return lines;
    }

    private static ByteLine line(byte[] bytes, boolean last) {
        int letters = 0;
        int cut = 0;
        int stray = 0;
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, false);
            boolean ends = result.isUnderflow();
            if (ends && !in.hasRemaining()) {
                break;
            }
            boolean several = ends ? last || in.remaining() > 1 : result.length() > 1;
            cut += several ? 1 : 0;
            stray += several ? 0 : 1;
            in.position(ends ? in.limit() : in.position() + result.length());
            decoder.reset();
        }
        letters = (int)
                out.flip().codePoints().filter(letter -> letter >= FIRST_USEFUL).count();
        return new ByteLine(bytes, letters, cut, stray);
    }

    boolean isWhole() {
        return cut == 0 && stray == 0;
    }

    /** True if the line is rather UTF-8 with a fault than in another charset. */
    boolean isRatherUtf8() {
        return letters + cut >= Math.max(1, stray);
    }

    /** True if at least two bytes of its last letter are there. */
    boolean endsWithinLetter() {
        return cut == 1 && bytes.length > 1 && bytes[bytes.length - 1] < 0 && bytes[bytes.length - 2] < 0;
    }

    String in(Charset charset) {
        return new String(bytes, charset);
    }
}
