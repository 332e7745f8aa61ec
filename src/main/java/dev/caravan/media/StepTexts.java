package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.work.StepContext;
import dev.caravan.work.StepValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Prepares the values of a step for a command: a text becomes a file in the workspace, and the command gets its name. */
final class StepTexts {
    private StepTexts() {}

    /** @throws StepException permanent {@code PARAMETER_INVALID} */
    static Map<String, Object> declared(String yaml, StepContext step) {
        StepValues declared = values(yaml);
        Map<String, Object> values = declared.with(step.parameters());
        values.replaceAll((name, value) -> declared.isText(name) ? file(step, name, value) : value);
        return values;
    }

    private static StepValues values(String yaml) {
        try {
            return StepValues.parse(yaml);
        } catch (IllegalArgumentException e) {
            throw StepException.permanent(
                    "PARAMETER_INVALID", e.getMessage(), "Correct the parameter values of the step in the pipeline.");
        }
    }

    /** Writes the text to a file, so that the program interprets none of its letters. */
    private static String file(StepContext step, String name, Object text) {
        Path file = step.workspace().resolve("text-" + name + ".txt");
        try {
            Files.deleteIfExists(file);
            Files.writeString(file, String.valueOf(text), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.getFileName().toString();
    }
}
