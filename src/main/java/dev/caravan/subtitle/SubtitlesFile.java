package dev.caravan.subtitle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.caravan.records.Json;
import dev.caravan.storage.MediaFile;
import org.apache.camel.Exchange;

/**
 * Subtitles that were read, as later steps find them in the variable {@code subtitles}.
 *
 * @param file SRT in UTF-8, checked and in order
 * @param cues how many
 * @param charset of the file that was uploaded
 * @param startsAt seconds at which the first cue comes
 * @param endsAt seconds at which the last cue goes
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubtitlesFile(MediaFile file, int cues, String charset, double startsAt, double endsAt) {
    /** Name of the exchange variable. */
    public static final String VARIABLE = "subtitles";

    private static final double MILLIS = 1000;

    static SubtitlesFile of(MediaFile file, Subtitles subtitles) {
        return new SubtitlesFile(
                file,
                subtitles.cues().size(),
                subtitles.charset(),
                subtitles.cues().get(0).start() / MILLIS,
                subtitles.end() / MILLIS);
    }

    /**
     * The subtitles that an earlier step read.
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
