package dev.caravan.upload;

import dev.caravan.http.ProblemCode;
import java.util.List;
import java.util.Map;

/**
 * How the captioned video shall be.
 *
 * @param crf x264's quality, 0 (best) to 51
 */
record BurnOptions(String resolution, int crf, boolean allowUpscale) {
    static final List<String> FIELDS = List.of("resolution", "crf_value", "allow_upscale");

    private static final List<String> RESOLUTIONS = List.of("360p", "480p", "720p", "1080p");
    private static final int WORST_CRF = 51;

    /**
     * @param fields as the client sent them; what is not there has its default
     * @throws dev.caravan.http.ProblemException for a value that cannot be used
     */
    static BurnOptions of(Map<String, String> fields) {
        return new BurnOptions(
                resolution(fields.getOrDefault("resolution", "360p").trim()),
                crf(fields.getOrDefault("crf_value", "23").trim()),
                flag(fields.getOrDefault("allow_upscale", "false").trim()));
    }

    Map<String, Object> parameters(String subtitles) {
        return Map.of(
                "resolution", resolution, "crf_value", crf, "allow_upscale", allowUpscale, "subtitles", subtitles);
    }

    private static String resolution(String value) {
        if (!RESOLUTIONS.contains(value)) {
            throw Refusals.option(
                    ProblemCode.INVALID_RESOLUTION, "resolution", value, "one of " + String.join(", ", RESOLUTIONS));
        }
        return value;
    }

    private static int crf(String value) {
        if (!value.matches("[0-9]{1,2}") || Integer.parseInt(value) > WORST_CRF) {
            throw Refusals.option(
                    ProblemCode.INVALID_CRF, "crf_value", value, "a whole number from 0 (best) to " + WORST_CRF);
        }
        return Integer.parseInt(value);
    }

    private static boolean flag(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw Refusals.option(ProblemCode.INVALID_ALLOW_UPSCALE, "allow_upscale", value, "true or false");
        }
        return value.equals("true");
    }
}
