package dev.caravan.subtitle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/** Decodes bytes so that each fault costs one letter: Java's decoder of UTF-16 also loses the letter after it. */
final class LenientUtf16 {
    private static final String REPLACEMENT = "\uFFFD";

    private LenientUtf16() {}

    static String in(byte[] bytes, String charset) {
        if (!charset.startsWith("UTF-16")) {
            return new String(bytes, Charset.forName(charset));
        }
        ByteOrder order = charset.endsWith("LE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        String units = ByteBuffer.wrap(bytes).order(order).asCharBuffer().toString();
        StringBuilder text = new StringBuilder(units.length());
        units.codePoints()
                .forEach(letter -> text.append(
                        Character.getType(letter) == Character.SURROGATE ? REPLACEMENT : Character.toString(letter)));
        return bytes.length % 2 == 0 ? text.toString() : text + REPLACEMENT;
    }
}
