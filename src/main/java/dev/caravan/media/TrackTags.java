package dev.caravan.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the tags of a file's tracks from ffprobe's JSON. */
final class TrackTags {
    /** A code of ISO 639, with the subtags that BCP 47 allows after it. */
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}");

    private static final List<String> SAYS_NOTHING = List.of("und", "mis", "zxx", "mul");

    private TrackTags() {}

    /** Returns null if no track has a language tag. */
    static Probe.Languages languages(JsonNode root) {
        List<String> audio = languages(root, "audio");
        List<String> subtitles = languages(root, "subtitle");
        return audio.isEmpty() && subtitles.isEmpty() ? null : new Probe.Languages(audio, subtitles);
    }

    /** Returns the language of one track; empty if it has no tag. */
    static String language(JsonNode stream) {
        return language(stream.path("tags").properties().stream())
                .filter(language -> LANGUAGE.matcher(language).matches())
                .filter(language -> !SAYS_NOTHING.contains(language))
                .findFirst()
                .orElse("");
    }

    private static List<String> languages(JsonNode root, String type) {
        return StreamSupport.stream(root.path("streams").spliterator(), false)
                .filter(stream -> type.equals(stream.path("codec_type").asText()))
                .map(TrackTags::language)
                .filter(language -> !language.isEmpty())
                .distinct()
                .toList();
    }

    /** Reads names of tags in any case, since some are in capitals. */
    private static Stream<String> language(Stream<Map.Entry<String, JsonNode>> tags) {
        return tags.filter(tag -> tag.getKey().equalsIgnoreCase("language"))
                .map(Map.Entry::getValue)
                .map(JsonNode::asText)
                .limit(1);
    }
}
