package dev.caravan.upload;

import java.util.Locale;
import java.util.Set;

/**
 * The header of one part of a form.
 *
 * @param name the field, or null
 * @param filename as the client wrote it, never to be used as a path; null when the part is not a file
 * @param contentType the media type without parameters, lower case; null when there is none
 */
public record PartHeader(String name, String filename, String contentType) {

    /** @param text the header lines, without the empty one that ends them */
    static PartHeader parse(String text) {
        PartDisposition disposition = PartDisposition.NONE;
        String contentType = null;
        for (String line : text.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                if (!line.isBlank()) {
                    throw new MalformedBody("a part has a header line without a colon");
                }
                continue;
            }
            String value = line.substring(colon + 1).trim();
            switch (line.substring(0, colon).trim().toLowerCase(Locale.ROOT)) {
                case "content-disposition" -> disposition = PartDisposition.parse(value);
                case "content-type" -> contentType = mediaType(value);
                case "content-transfer-encoding" -> requirePlain(value);
                default -> {
                    // The other headers do not matter (RFC 7578, section 4.8).
                }
            }
        }
        return new PartHeader(disposition.name(), disposition.filename(), contentType);
    }

    /** Refuses an encoding: it is obsolete (RFC 7578, section 4.7), and the encoded bytes would be stored as they are. */
    private static void requirePlain(String encoding) {
        if (!Set.of("binary", "8bit", "7bit").contains(encoding.toLowerCase(Locale.ROOT))) {
            throw new MalformedBody("a part is encoded as %s; parts are taken as plain bytes".formatted(encoding));
        }
    }

    /** Returns the media type alone, lower case; null for none. */
    public static String mediaType(String value) {
        if (value == null) {
            return null;
        }
        String type = value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return type.isEmpty() ? null : type;
    }
}
