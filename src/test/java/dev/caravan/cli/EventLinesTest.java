package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    private static final String STREAM =
            """
            retry: 2000

            id: history#1
            event: status
            data: {"event":"snapshot","status":"PROCESSING","current_step":"convert","progress_percentage":31}

            event: progress
            data: {"event":"progress","status":"PROCESSING","step":"convert","progress_percentage":42,"speed":1.84,"remaining_seconds":21}

            :\s

            id: history#2
            event: status
            data: {"event":"failed","status":"FAILED","step":"convert","code":"FFMPEG_FAILED","message":"no"}

            """;

    private final EventLines lines = new EventLines();

    @Test
    void a_comment_is_no_event_and_the_last_id_is_remembered() {
        assertThat(STREAM.lines().flatMap(line -> lines.accept(line).stream())).hasSize(3);
        assertThat(lines.lastId()).isEqualTo("history#2");
    }

    @Test
    void where_there_is_no_terminal_each_change_but_progress_has_a_line() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WatchLine line = new WatchLine(new PrintStream(out, true, StandardCharsets.UTF_8));
        STREAM.lines().flatMap(text -> lines.accept(text).stream()).forEach(line::show);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("PROCESSING  31 %  convert", "FAILED  42 %  convert  FFMPEG_FAILED: no");
    }
}
