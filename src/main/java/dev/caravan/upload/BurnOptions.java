package dev.caravan.upload;

import dev.caravan.http.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Options of the captioned video.
 *
 * @param mode {@code burn} for letters in the picture, {@code soft} for a separate subtitle track
 * @param crf x264's quality, 0 (best) to 51
 * @param loudness {@code keep} or {@code ebu-r128}
 * @param language of a separate track, ISO 639-2; {@code und} if the client named none
 * @param style the client's style of the letters, by the name of its field
 */
record BurnOptions(
        String mode,
        String resolution,
        int crf,
        boolean allowUpscale,
        String loudness,
        String language,
        Map<String, Object> style) {
    static final List<String> FIELDS = Stream.concat(
                    Stream.of("mode", "resolution", "crf_value", "allow_upscale", "loudness", "language"),
                    StyleField.names())
            .toList();

    private static final String KEEP = "keep";
    private static final List<String> LOUDNESS = List.of(KEEP, "ebu-r128");
    private static final List<String> MODES = List.of("burn", "soft");
    private static final List<String> RESOLUTIONS = List.of("360p", "480p", "720p", "1080p");
    private static final int WORST_CRF = 51;

    /**
     * @param fields as the client sent them; a missing one has its default
     * @throws dev.caravan.http.ProblemException for a value that cannot be used
     */
    static BurnOptions of(Map<String, String> fields) {
        return new BurnOptions(
                mode(fields.getOrDefault("mode", "burn").trim()),
                resolution(fields.getOrDefault("resolution", "360p").trim()),
                crf(fields.getOrDefault("crf_value", "23").trim()),
                flag(fields.getOrDefault("allow_upscale", "false").trim()),
                loudness(fields.getOrDefault("loudness", KEEP).trim()),
                language(fields.getOrDefault("language", "und").trim()),
                StyleField.read(fields));
    }

    /** Returns the pipeline that makes the video. */
    String pipeline() {
        return mode.equals("soft") ? "embed-subtitles" : "burn-subtitles";
    }

    Map<String, Object> parameters(String subtitles) {
        if (mode.equals("soft")) {
            return Map.of("crf_value", crf, "language", language, "subtitles", subtitles);
        }
        Map<String, Object> parameters = new TreeMap<>(style);
        parameters.putAll(Map.of(
                "resolution", resolution, "crf_value", crf, "allow_upscale", allowUpscale, "subtitles", subtitles));
        if (!loudness.equals(KEEP)) {
            parameters.put("loudness", loudness);
        }
        return parameters;
    }

    private static String loudness(String value) {
        if (!LOUDNESS.contains(value)) {
            throw UploadProblems.option(
                    ProblemCode.INVALID_LOUDNESS, "loudness", value, "one of " + String.join(", ", LOUDNESS));
        }
        return value;
    }

    private static String language(String value) {
        if (!value.matches("[a-z]{3}")) {
            throw UploadProblems.option(
                    ProblemCode.INVALID_STYLE, "language", value, "three letters of ISO 639-2, such as fra or und");
        }
        return value;
    }

    private static String mode(String value) {
        if (!MODES.contains(value)) {
            throw UploadProblems.option(ProblemCode.INVALID_STYLE, "mode", value, "one of " + String.join(", ", MODES));
        }
        return value;
    }

    private static String resolution(String value) {
        if (!RESOLUTIONS.contains(value)) {
            throw UploadProblems.option(
                    ProblemCode.INVALID_RESOLUTION, "resolution", value, "one of " + String.join(", ", RESOLUTIONS));
        }
        return value;
    }

    private static int crf(String value) {
        if (!value.matches("[0-9]{1,2}") || Integer.parseInt(value) > WORST_CRF) {
            throw UploadProblems.option(
                    ProblemCode.INVALID_CRF, "crf_value", value, "a whole number from 0 (best) to " + WORST_CRF);
        }
        return Integer.parseInt(value);
    }

    private static boolean flag(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw UploadProblems.option(ProblemCode.INVALID_ALLOW_UPSCALE, "allow_upscale", value, "true or false");
        }
        return value.equals("true");
    }
}
