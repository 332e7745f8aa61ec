package dev.caravan.image;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognizes the messages of programs that read a damaged picture anyway, with grey or nothing in place of what is
 * missing. The messages are those of libjpeg, libspng, libnsgif and FFmpeg's decoders.
 */
final class PictureDamage {
    private static final Pattern SIGN = Pattern.compile(
            "premature end|not enough data|unexpected end|corrupt|truncat|overread|invalid data|bad huffman"
                    + "|bytestream|error while decoding|decode_slice|eof|crc error",
            Pattern.CASE_INSENSITIVE);

    private PictureDamage() {}

    static Optional<String> in(String said) {
        return said.lines()
                .filter(line -> SIGN.matcher(line).find())
                .findFirst()
                .map(line -> "The picture is damaged or ends early; what could not be read is grey or missing ("
                        + line.replaceFirst("^VIPS-WARNING: ", "").strip() + ")");
    }
}
