package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import dev.caravan.storage.Files;
import dev.caravan.storage.PlainFile;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * A JPEG that a run writes into the job's workspace, with a log of its frame's time.
 *
 * @param type type of the derivative that it becomes
 */
record StillFile(StepContext step, String type) {
    private static final String EXTENSION = "jpg";

    static StillFile of(Exchange exchange, String type) {
        return new StillFile(StepContext.of(exchange), type);
    }

    Path local() {
        return StepOutput.local(step, type, EXTENSION);
    }

    /** Returns the file that the Kamelets' filter graphs name; FFmpeg runs in the workspace. */
    Path log() {
        return step.workspace().resolve(type + ".frames");
    }

    /** Returns the times of the frames, in seconds; a log without a still is of a frame that was not written. */
    List<Double> times() {
        return PlainFile.exists(local()) ? FrameTimes.of(log()) : List.of();
    }

    /**
     * Stores the JPEG in S3.
     *
     * @param time time of its frame, in seconds
     * @return a {@link dev.caravan.work.Made} as a map
     * @throws StepException transient {@code OUTPUT_INVALID} unless the file is whole and of that size
     */
    Map<String, Object> store(Files files, FrameSize size, double time) {
        Jpeg.require(local(), size);
        return Json.toMap(StepOutput.made(files, step, local(), type, EXTENSION, "image/jpeg")
                .sized(size.width(), size.height())
                .takenAt(Math.round(time * 1000) / 1000.0));
    }
}
