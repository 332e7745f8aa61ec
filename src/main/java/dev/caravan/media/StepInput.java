package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.format.Container;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file that a step reads besides the job's own, as a line {@code name=URI} of the parameter {@code inputs}.
 *
 * @param name name in the arguments and the filter graph
 * @param uri {@code https:}, {@code asset:}, {@code s3:} or {@code file:}
 * @param fromJob true if the job set it in place of the pipeline
 */
public record StepInput(String name, String uri, boolean fromJob) {
    /** Prefix of an input's name among the parameters of {@link StepContext}. */
    public static final String PREFIX = "inputs.";

    private static final Pattern LINE = Pattern.compile("([a-z][a-z0-9_]*)\\s*=\\s*(\\S.*)");

    /**
     * @param lines value of the parameter
     * @param parameters the job's parameters for this step
     * @throws StepException permanent {@code PARAMETER_INVALID} naming the line
     */
    public static List<StepInput> parse(String lines, Map<String, Object> parameters) {
        List<StepInput> inputs = new ArrayList<>();
        for (String line : lines.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                inputs.add(of(line, parameters));
            }
        }
        return List.copyOf(inputs);
    }

    private static StepInput of(String line, Map<String, Object> parameters) {
        var parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw StepException.permanent(
                    "PARAMETER_INVALID",
                    "'%s' is no input; it must be name=URI".formatted(line),
                    "Correct the parameter inputs of the step in the pipeline.");
        }
        Object given = parameters.get(PREFIX + parts.group(1));
        return given == null
                ? new StepInput(parts.group(1), parts.group(2).strip(), false)
                : new StepInput(parts.group(1), String.valueOf(given), true);
    }

    /**
     * Returns FFmpeg's demuxer for the file, by its bytes. Playlists, scripts and texts have none.
     *
     * @throws StepException permanent {@code INPUT_REFUSED}
     */
    String demuxer(Path file) {
        Container container =
                Sniffer.kind(file).orElseThrow(() -> refused("its first bytes belong to no known format"));
        return switch (container) {
            case PNG -> "png_pipe";
            case JPEG -> "jpeg_pipe";
            case WEBP -> "webp_pipe";
            case BMP -> "bmp_pipe";
            case TIFF -> "tiff_pipe";
            case GIF -> "gif";
            default -> {
                if (container.demuxer() == null) {
                    throw refused("it is " + container.label());
                }
                yield container.demuxer();
            }
        };
    }

    private StepException refused(String why) {
        return StepException.permanent(
                "INPUT_REFUSED",
                "The input %s of the step cannot be used: %s".formatted(name, why),
                "Name a picture (PNG, JPEG, WebP, GIF, TIFF, BMP), a video or a sound.");
    }
}
