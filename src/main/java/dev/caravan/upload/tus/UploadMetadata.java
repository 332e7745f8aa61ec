package dev.caravan.upload.tus;

import dev.caravan.asset.AssetType;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The header {@code Upload-Metadata}: {@code filename d29ybGQ=,filetype dmlkZW8vbXA0}. Unknown names are kept and have no
 * meaning.
 *
 * @param text as received, or null
 */
record UploadMetadata(String text, Map<String, String> values) {
    private static final int MAX = 4096;
    private static final String OWNER = "[A-Za-z0-9][A-Za-z0-9_.@-]{0,127}";
    private static final String MEDIA_TYPE = "[a-z]+/[a-z0-9][a-z0-9!#$&^_.+-]*";

    /** @throws ProblemException {@code MALFORMED_REQUEST} */
    static UploadMetadata parse(String header) {
        Map<String, String> values = new HashMap<>();
        if (header == null || header.isBlank()) {
            return new UploadMetadata(null, values);
        } else if (header.length() > MAX) {
            throw malformed("is longer than " + MAX + " characters");
        }
        for (String pair : header.split(",")) {
            String[] words = pair.strip().split("\\s+", 2);
            values.put(words[0], words.length == 1 ? "" : decoded(words[1]));
        }
        return new UploadMetadata(header, values);
    }

    private static String decoded(String value) {
        try {
            return new String(Base64.getDecoder().decode(value.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("holds a value that is not Base64");
        }
    }

    private static ProblemException malformed(String why) {
        return new ProblemException(
                ProblemCode.MALFORMED_REQUEST,
                "Upload-Metadata " + why,
                "Send names, each with a space and its value in Base64, and commas between them.");
    }

    String filename() {
        return value("filename").or(() -> value("name")).orElse("upload");
    }

    String contentType() {
        return value("filetype")
                .or(() -> value("type"))
                .map(type -> type.toLowerCase(Locale.ROOT))
                .filter(type -> type.matches(MEDIA_TYPE))
                .orElse("application/octet-stream");
    }

    /** Returns the type by the media type, or else by the name. */
    AssetType type() {
        String major = contentType().substring(0, contentType().indexOf('/'));
        return switch (major) {
            case "image" -> AssetType.IMAGE;
            case "audio" -> AssetType.AUDIO;
            case "video" -> AssetType.VIDEO;
            default -> AssetType.named(filename());
        };
    }

    String owner() {
        String owner = value("owner").orElse("default");
        if (!owner.matches(OWNER)) {
            throw malformed("names an owner as nobody is called here");
        }
        return owner;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }
}
