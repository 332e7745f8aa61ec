package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalAdviceTest {

    @Test
    void calls_of_the_api_become_commands() {
        assertThat(TerminalAdvice.of("Let it go on: POST /api/v1/jobs/J1/retry takes the same values."))
                .isEqualTo("Let it go on: ./caravan jobs retry J1 takes the same values.");
        assertThat(TerminalAdvice.of("Wait for its end: GET /api/v1/jobs/J1?wait=60."))
                .isEqualTo("Wait for its end: ./caravan jobs watch J1.");
        assertThat(
                        TerminalAdvice.of(
                                "GET /api/v1/jobs/J1 shows the job if there is one; GET /api/v1/dead-letters lists dead letters."))
                .isEqualTo(
                        "./caravan jobs show J1 shows the job if there is one; ./caravan dead-letters list lists dead letters.");
        assertThat(TerminalAdvice.of("GET /api/v1/jobs lists those that there are."))
                .isEqualTo("./caravan jobs list lists those that there are.");
        assertThat(TerminalAdvice.of("PATCH /api/videos/V")).isEqualTo("PATCH /api/videos/V");
    }
}
