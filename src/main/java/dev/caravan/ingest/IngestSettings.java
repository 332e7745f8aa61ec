package dev.caravan.ingest;

import dev.caravan.asset.AssetType;
import dev.caravan.format.ExtensionTable;
import dev.caravan.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which objects are uploads, and who owns them.
 *
 * @param bucket the only bucket whose events count
 * @param prefixes keys under one of these are uploads
 * @param extensions with the dot, in lower case
 * @param ownerFromKey a pattern whose first group is the owner, or null
 */
public record IngestSettings(String bucket, List<String> prefixes, Set<String> extensions, Pattern ownerFromKey) {
    private static final String DEFAULT_OWNER = "default";

    public static IngestSettings of(Settings settings) {
        return new IngestSettings(
                settings.text("caravan.s3.bucket"),
                settings.list("caravan.ingest.prefixes"),
                Set.copyOf(ExtensionTable.allowed(settings.list("caravan.ingest.allowed-extensions"))),
                settings.find("caravan.ingest.owner-from-key")
                        .map(Pattern::compile)
                        .orElse(null));
    }

    /** Returns why an object is not an upload; empty when it is one. */
    public Optional<String> ignored(String eventBucket, String key) {
        if (!bucket.equals(eventBucket)) {
            return Optional.of("other-bucket");
        } else if (key.endsWith("/")) {
            return Optional.of("folder");
        } else if (key.startsWith("media/")) {
            return Optional.of("own-output");
        } else if (prefixes.stream().noneMatch(key::startsWith)) {
            return Optional.of("prefix");
        } else if (!extensions.contains(extension(key))) {
            return Optional.of("extension");
        }
        return Optional.empty();
    }

    /** Guesses the type from the file name; the job's first step reads the bytes. */
    public static AssetType type(String key) {
        return AssetType.named(filename(key));
    }

    /** The owner becomes part of keys, so only harmless names are accepted from a key. */
    public String owner(String key) {
        if (ownerFromKey == null) {
            return DEFAULT_OWNER;
        }
        Matcher matcher = ownerFromKey.matcher(key);
        boolean found = matcher.find() && matcher.groupCount() > 0 && matcher.group(1) != null;
        return found && matcher.group(1).matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}") ? matcher.group(1) : DEFAULT_OWNER;
    }

    static String filename(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    static String extension(String key) {
        String name = filename(key);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }
}
