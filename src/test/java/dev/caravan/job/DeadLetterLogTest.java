package dev.caravan.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterLogTest {
    private static final Job JOB = Json.convert(
            Map.of(
                    "job_id", "j1",
                    "asset_id", "a1",
                    "pipeline", "standardize-video",
                    "source", Map.of("bucket", "b", "key", "k", "etag", "e", "size", 1, "filename", "a\nb.mov")),
            Job.class);

    private static Failure failure(String message, String advice, String tail) {
        return new Failure("FFMPEG_FAILED", FailureKind.PERMANENT, null, message, advice, tail);
    }

    @Test
    void it_names_pipeline_file_asset_and_reason_on_one_line() {
        String line = DeadLetterLog.of(
                JOB,
                "convert",
                3,
                failure("ffmpeg ended with exit code 1", "Look at it", "x\nUnrecognized option 'crff'\n"));
        assertThat(line)
                .startsWith(
                        "job j1 is a dead letter: standardize-video of a b.mov (asset a1) failed in step convert after 3 attempt(s). "
                                + "FFMPEG_FAILED: ffmpeg ended with exit code 1. ")
                .contains("Unrecognized option 'crff'. Advice: Look at it. More: ./caravan jobs show j1")
                .doesNotContain("\n");
    }

    @Test
    void sentences_keep_their_own_full_stop() {
        assertThat(DeadLetterLog.of(JOB, "probe", 1, failure("It is empty.", "Upload it again!", null)))
                .contains("FFMPEG_FAILED: It is empty. Advice: Upload it again! More: ./caravan");
    }
}
