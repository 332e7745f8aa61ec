package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.storage.PlainFile;
import dev.caravan.work.Made;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;

/** Stores a file that a program or a service made: media by its bytes, texts by the step's parameter. */
public final class StoredOutput {
    private static final Map<String, String> TEXTS = Map.of(
            "json",
            "application/json",
            "vtt",
            "text/vtt",
            "srt",
            "application/x-subrip",
            "txt",
            "text/plain",
            "pdf",
            "application/pdf");

    /** Values of the parameter {@code format}: {@code media}, or the extension of a text. */
    public static final List<String> FORMATS = List.of("media", "json", "vtt", "srt", "txt", "pdf");

    private StoredOutput() {}

    /**
     * Stores the file as a derivative, or as the job's current file if {@code type} is empty, and removes it from the
     * workspace.
     *
     * @param format one of {@link #FORMATS}
     * @return the value of the step's variable
     * @throws StepException transient {@code OUTPUT_INVALID} for an empty file; permanent for a file that is not media
     */
    public static Map<String, Object> store(Files files, Exchange exchange, Path local, String format, String type) {
        if (!PlainFile.exists(local) || StepOutput.size(local) == 0) {
            throw StepException.transientFailure(
                            "OUTPUT_INVALID",
                            "The step promises a file, but it is missing or empty",
                            "Correct the step in the pipeline, or take no file of it.")
                    .permanentWhenRepeated();
        }
        boolean media = format.equals("media");
        String extension = media ? FileKind.of(local).extension() : format;
        String contentType = media ? FileKind.of(local).contentType() : TEXTS.get(format);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("format", extension);
        summary.put("size", StepOutput.size(local));
        keep(files, exchange, local, new Kind(type, extension, contentType), UnaryOperator.identity(), summary);
        return summary;
    }

    /** @param type of the derivative; empty if the file becomes the job's current file */
    record Kind(String type, String extension, String contentType) {}

    /**
     * Stores a file that was checked, and lists it in {@code summary} if it is a derivative.
     *
     * @param facts adds what is known of the file
     */
    static void keep(
            Files files,
            Exchange exchange,
            Path local,
            Kind kind,
            UnaryOperator<Made> facts,
            Map<String, Object> summary) {
        StepContext step = StepContext.of(exchange);
        if (kind.type().isEmpty()) {
            MediaFile before = exchange.getMessage().getBody(MediaFile.class);
            exchange.getMessage()
                    .setBody(StepOutput.store(
                            files, step, local, kind.extension(), kind.contentType(), before.filename()));
            return;
        }
        Made made = StepOutput.made(files, step, local, kind.type(), kind.extension(), kind.contentType());
        summary.put(Made.FILES, List.of(Json.toMap(facts.apply(made))));
    }
}
