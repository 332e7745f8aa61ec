package dev.caravan.imports;

import dev.caravan.asset.AssetType;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.Fetched;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A small media file inside its own URL (RFC 2397): {@code data:image/png;base64,iVBORw0KGgo=}.
 *
 * @param type by its media type
 * @param shown the URI without the bytes
 */
public record DataUri(AssetType type, String shown, byte[] bytes) {
    /** Characters: the URI is in the asset's record until it is imported, and DynamoDB accepts 400 KB. */
    public static final int MAX = 200_000;

    private static final Pattern MEDIA = Pattern.compile(
            "(?i)data:((image|video|audio)/[a-z0-9!#$&^_.+-]{1,60})((?:;[^,;]*+)*+),(.*)", Pattern.DOTALL);

    /** Says whether the text is a data URI of an image, a video or audio. */
    public static boolean isMedia(String text) {
        return text.regionMatches(true, 0, "data:", 0, "data:".length())
                && MEDIA.matcher(text).matches();
    }

    /** @throws StepException permanent {@code URL_TOO_LARGE} or {@code URL_INVALID} */
    public static DataUri of(String text) {
        if (text.length() > MAX) {
            throw StepException.permanent(
                    "URL_TOO_LARGE",
                    "The data URI has %d characters, and %d are taken".formatted(text.length(), MAX),
                    "Let the model answer with a URL of the file.");
        }
        Matcher parts = MEDIA.matcher(text);
        if (!parts.matches()) {
            throw invalid();
        }
        boolean base64 = parts.group(3).toLowerCase(Locale.ROOT).endsWith(";base64");
        byte[] data = unescaped(parts.group(4));
        return new DataUri(
                AssetType.valueOf(parts.group(2).toUpperCase(Locale.ROOT)),
                "data:%s,...".formatted(parts.group(1).toLowerCase(Locale.ROOT)),
                base64 ? decoded(data) : data);
    }

    private static byte[] unescaped(String text) {
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(written.length);
        for (int i = 0; i < written.length; i++) {
            boolean escape = written[i] == '%' && i + 2 < written.length && hex(written[i + 1]) && hex(written[i + 2]);
            bytes.write(
                    escape
                            ? HexFormat.fromHexDigits(new String(written, i + 1, 2, StandardCharsets.US_ASCII))
                            : written[i]);
            i += escape ? 2 : 0;
        }
        return bytes.toByteArray();
    }

    private static boolean hex(byte digit) {
        return HexFormat.isHexDigit(digit);
    }

    private static byte[] decoded(byte[] base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static StepException invalid() {
        return StepException.permanent(
                "URL_INVALID",
                "This data URI cannot be read",
                "Let the model answer with a URL of the file, or with Base64 behind ;base64,");
    }

    /** Writes the file. */
    Fetched into(Path file) {
        try {
            Files.write(file, bytes);
            return new Fetched(bytes.length, DigestUtils.sha256Hex(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
