package dev.caravan.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatedFailureTest {
    private static final String EXIT_1 = "ffmpeg ended with exit code 1";

    @Test
    void addresses_times_paths_and_the_order_of_lines_make_no_difference() {
        Failure first = failed(EXIT_1, "[x @ 0x55ab] a\n12:00:01 b\nstandardize-7.1.mp4: c");
        Failure second = failed(EXIT_1, "standardize-8.2.mp4: c\n[x @ 0x7f01] a\n(3 more of this)\n12:04:59 b");
        assertThat(RepeatedFailure.of(first, second)).isTrue();
    }

    @Test
    void another_exit_another_word_or_no_failure_before_is_no_recurrence() {
        Failure failure = failed(EXIT_1, "a");
        assertThat(RepeatedFailure.of(null, failure)).isFalse();
        assertThat(RepeatedFailure.of(failed("ffmpeg ended with exit code 139", "a"), failure))
                .isFalse();
        assertThat(RepeatedFailure.of(failed(EXIT_1, "b"), failure)).isFalse();
        assertThat(RepeatedFailure.of(failed("it lasts 3.1 s", ""), failed("it lasts 3.2 s", "")))
                .isFalse();
    }

    private static Failure failed(String message, String stderrTail) {
        return new Failure("FFMPEG_FAILED", FailureKind.TRANSIENT, "convert", message, "advice", stderrTail);
    }
}
