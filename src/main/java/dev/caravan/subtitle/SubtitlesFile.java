package dev.caravan.subtitle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.caravan.json.Json;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Made;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Subtitles that an earlier step read: the variable {@code subtitles}.
 *
 * @param file SRT in UTF-8, checked and sorted
 * @param cues number of shown cues
 * @param found number of cues in the uploaded file
 * @param format format of that file, {@code srt} or {@code vtt}
 * @param charset charset of that file
 * @param confidence that it is this charset, 0 to 1
 * @param startsAt start of the first cue, in seconds
 * @param endsAt end of the last cue, in seconds
 * @param files the same as WebVTT, for the asset's derivatives
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubtitlesFile(
        MediaFile file,
        int cues,
        int found,
        String format,
        String charset,
        @JsonProperty("charset_confidence") double confidence,
        double startsAt,
        double endsAt,
        List<Made> files) {
    /** Name of the exchange variable. */
    public static final String VARIABLE = "subtitles";

    private static final double MILLIS = 1000;

    static SubtitlesFile of(MediaFile file, Subtitles subtitles, Made vtt) {
        return new SubtitlesFile(
                file,
                subtitles.cues().size(),
                subtitles.found(),
                subtitles.format(),
                subtitles.coding().charset(),
                subtitles.coding().confidence(),
                subtitles.cues().get(0).start() / MILLIS,
                subtitles.end() / MILLIS,
                List.of(vtt));
    }

    /**
     * Returns the subtitles that an earlier step read.
     *
     * @throws IllegalStateException without such a step
     */
    public static SubtitlesFile of(Exchange exchange) {
        Object variable = exchange.getVariable(VARIABLE);
        if (variable == null) {
            throw new IllegalStateException(
                    "There is no variable 'subtitles': a step with read-subtitles-action comes first");
        }
        return Json.convert(variable, SubtitlesFile.class);
    }

    void on(Exchange exchange) {
        exchange.setVariable(VARIABLE, Json.toMap(this));
    }
}
