package dev.caravan.media;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The facts of a media file: ffprobe's output, checked and brought into one form. It is the variable {@code probe}, in
 * plain JSON.
 *
 * @param container FFmpeg's name of the demuxer that reads it
 * @param duration seconds, 0 if even a pass over all packets did not tell
 * @param size bytes
 * @param video the chosen video stream; null without one
 * @param audio the chosen audio stream; null without one
 * @param languages language tags of the tracks; null in records of older versions
 * @param leftOut video and audio streams that are not used; null if there are none
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Probe(
        String container,
        double duration,
        long size,
        Video video,
        Audio audio,
        Languages languages,
        List<LeftOut> leftOut) {
    /** Name of the exchange variable. */
    public static final String VARIABLE = "probe";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Creates the probe of a file whose tracks have no tags. */
    public Probe(String container, double duration, long size, Video video, Audio audio) {
        this(container, duration, size, video, audio, null, null);
    }

    /**
     * Returns the probe that an earlier step made.
     *
     * @throws IllegalStateException without such a step
     */
    public static Probe of(Exchange exchange) {
        Object variable = exchange.getVariable(VARIABLE);
        if (variable == null) {
            throw new IllegalStateException("There is no variable 'probe': a step with probe-media-action comes first");
        }
        return JSON.convertValue(variable, Probe.class);
    }

    void on(Exchange exchange) {
        exchange.setVariable(VARIABLE, JSON.convertValue(this, new TypeReference<Map<String, Object>>() {}));
    }

    /**
     * The chosen video stream.
     *
     * @param stream index in the file
     * @param codedWidth pixels as stored
     * @param codedHeight pixels as stored
     * @param width pixels as displayed: turned, and widened to square pixels
     * @param height pixels as displayed
     * @param rotation degrees clockwise by which the stored picture is turned for display: 0, 90, 180, 270
     * @param mirrored true if it is flipped left to right before that
     * @param sampleAspectRatio width of a stored pixel over its height
     * @param frameRate frames per second on average, 0 when unknown
     * @param variableFrameRate true if frames do not all last the same
     * @param frames frames that the file promises to show, 0 when unknown
     * @param bitDepth bits per component
     * @param hdr {@code none}, {@code hlg} or {@code pq}
     * @param matrix coefficients from RGB to YUV: {@code bt601}, {@code bt709} or {@code bt2020}; guessed by size if the
     *     stream names none
     * @param interlaced true if a frame holds two fields of different times
     * @param bitRate bits per second, 0 when unknown
     * @param start seconds after the first stream's start
     * @param duration seconds
     * @param overlong true if the header has the last frame shown for hours, which {@code duration} leaves out
     * @param matrixTold true if the stream names its matrix: then each part of it does
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Video(
            int stream,
            String codec,
            int codedWidth,
            int codedHeight,
            int width,
            int height,
            int rotation,
            boolean mirrored,
            double sampleAspectRatio,
            double frameRate,
            boolean variableFrameRate,
            long frames,
            String pixelFormat,
            int bitDepth,
            String hdr,
            String matrix,
            boolean interlaced,
            long bitRate,
            double start,
            double duration,
            boolean overlong,
            boolean matrixTold) {

        /** True if width and height are exchanged when the stored picture is turned. */
        boolean onItsSide() {
            return rotation == 90 || rotation == 270;
        }

        /** Returns the width of a pixel over its height, upright. */
        double uprightPixel() {
            return onItsSide() ? 1 / sampleAspectRatio : sampleAspectRatio;
        }

        /** Returns seconds after the first stream's start. */
        public double end() {
            return start + duration;
        }
    }

    /**
     * The chosen audio stream.
     *
     * @param stream index in the file
     * @param sampleRate Hz
     * @param bitRate bits per second, 0 when unknown
     * @param start seconds after the first stream's start
     * @param duration seconds
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Audio(
            int stream, String codec, int channels, int sampleRate, long bitRate, double start, double duration) {

        double end() {
            return start + duration;
        }
    }

    /** The language tags of a file's tracks, as in the file (ISO 639 or BCP 47), in the order of the tracks, each once. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Languages(List<String> audio, List<String> subtitles) {}

    /**
     * A track that is not used.
     *
     * @param stream index in the file
     * @param type {@code video} or {@code audio}
     * @param codec FFmpeg's name, or the tag in the file if FFmpeg has none
     * @param language its language tag; null without one
     * @param why {@code encrypted}, {@code no-decoder} or {@code other-chosen}
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record LeftOut(int stream, String type, String codec, String language, String why) {}
}
