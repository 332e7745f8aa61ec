package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.StepException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeteredExecutorTest {
    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private FfmpegCommand command(String program, double seconds) {
        return new FfmpegCommand(program, List.of(), FfmpegCall.with(Map.of()).lasting(seconds), new FakeStep(folder));
    }

    private double runs(String program, String outcome) {
        return meters.get("caravan.ffmpeg.runs")
                .tags("program", program, "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void a_run_counts_for_what_became_of_it() {
        new RunThat(() -> null).execute("ffprobe", 0);
        assertThatThrownBy(() -> new RunThat(() -> {
                            throw StepException.permanent("MEDIA_UNREADABLE", "It is damaged", "Look at it");
                        })
                        .execute("ffmpeg", 10))
                .isInstanceOf(StepException.class);
        assertThat(runs("ffprobe", "completed")).isEqualTo(1);
        assertThat(runs("ffmpeg", "permanent")).isEqualTo(1);
        assertThat(meters.get("caravan.ffmpeg.speed").summary().count())
                .as("neither passed media")
                .isZero();
    }

    @Test
    void speed_is_media_over_time() {
        long start = System.nanoTime();
        new RunThat(() -> null).execute("ffmpeg", 10);
        double least = 10e9 / (System.nanoTime() - start);
        assertThat(meters.get("caravan.ffmpeg.speed").summary().totalAmount()).isGreaterThanOrEqualTo(least);
    }

    private interface Outcome {
        Void get() throws IOException;
    }

    private final class RunThat {
        private final Outcome outcome;

        RunThat(Outcome outcome) {
            this.outcome = outcome;
        }

        void execute(String program, double seconds) {
            try {
                new MeteredExecutor(
                                any -> {
                                    outcome.get();
                                    return null;
                                },
                                meters)
                        .execute(command(program, seconds));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
