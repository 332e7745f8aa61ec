package dev.caravan.subtitle;

import dev.caravan.failure.StepException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes a cue as one sample of timed text: letters in UTF-8, and faces and colours separately, so that no letter is a
 * code.
 *
 * @see <a href="https://www.3gpp.org/dynareport/26245.htm">3GPP TS 26.245, section 5.17: text samples</a>
 */
final class TimedText {
    /** A sample without text: nothing is shown. */
    static final byte[] NOTHING = {0, 0};

    static final int WHITE = 0xFFFFFFFF;
    static final int FONT = 1;
    static final int SIZE = 16;

    private static final String FACES = "biu";
    private static final int MAX_BYTES = 0xFFFF;
    private static final int HEADER = 10;
    private static final int RECORD = 12;

    private final StringBuilder text = new StringBuilder();
    private final List<Style> styles = new ArrayList<>();
    private final int[] depths = new int[FACES.length()];
    private final Deque<Integer> colours = new ArrayDeque<>();
    private int letters;

    private TimedText() {}

    /**
     * @param from first letter, counted by code points
     * @param to end of the letters, counted by code points
     */
    private record Style(int from, int to, int faces, int colour) {}

    /** @throws StepException permanent {@code SRT_TOO_LARGE} */
    static byte[] of(Cue cue) {
        TimedText sample = new TimedText();
        Markup.parts(cue.text()).forEach(sample::add);
        return sample.bytes(cue.line());
    }

    private void add(Markup.Part part) {
        if (part instanceof Markup.Letters shown) {
            int from = letters;
            text.append(shown.text());
            letters += shown.text().codePointCount(0, shown.text().length());
            if (faces() != 0 || colour() != WHITE) {
                styles.add(new Style(from, letters, faces(), colour()));
            }
        } else if (part instanceof Markup.Face face && FACES.indexOf(face.name()) >= 0) {
            int at = FACES.indexOf(face.name());
            depths[at] = Math.max(0, depths[at] + (face.closes() ? -1 : 1));
        } else if (part instanceof Markup.Font font) {
            font(font);
        }
    }

    private void font(Markup.Font font) {
        if (!font.closes()) {
            colours.push(font.colour()
                    .map(rgb -> Integer.parseInt(rgb, 16) << 8 | 0xFF)
                    .orElse(colour()));
        } else if (!colours.isEmpty()) {
            colours.pop();
        }
    }

    /** Returns the sum of bold 1, italic 2, underlined 4. */
    private int faces() {
        int faces = 0;
        for (int at = 0; at < depths.length; at++) {
            faces |= depths[at] > 0 ? 1 << at : 0;
        }
        return faces;
    }

    private int colour() {
        return colours.isEmpty() ? WHITE : colours.peek();
    }

    private byte[] bytes(int line) {
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MAX_BYTES) {
            throw SrtFile.tooLarge(
                    "the cues that stand together with that of line %d have %d bytes, and a track takes %d"
                            .formatted(line, utf8.length, MAX_BYTES));
        }
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        sample.writeBytes(ByteBuffer.allocate(2).putShort((short) utf8.length).array());
        sample.writeBytes(utf8);
        if (!styles.isEmpty()) {
            sample.writeBytes(records());
        }
        return sample.toByteArray();
    }

    /** Writes the box {@code styl}. */
    private byte[] records() {
        ByteBuffer box = ByteBuffer.allocate(HEADER + RECORD * styles.size());
        box.putInt(box.capacity())
                .put("styl".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) styles.size());
        styles.forEach(style -> box.putShort((short) style.from())
                .putShort((short) style.to())
                .putShort((short) FONT)
                .put((byte) style.faces())
                .put((byte) SIZE)
                .putInt(style.colour()));
        return box.array();
    }
}
