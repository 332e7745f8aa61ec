package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.media.Clips;
import dev.caravan.media.Kamelets;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadSubtitlesIT {
    @TempDir
    static Path root;

    private static Burning burning;
    private static Path video;

    @BeforeAll
    static void start() {
        burning = new Burning(root);
        video = Clips.make(
                root.resolve("v.mp4"), "-f lavfi -i color=gray:s=64x36:r=10:d=2 -c:v libx264 -preset ultrafast");
    }

    @AfterAll
    static void stop() {
        burning.close();
    }

    @Test
    void what_was_read_is_stored_once_in_one_form_and_the_body_stays_the_video() throws IOException {
        Kamelets.Run run = burning.read(video, "\uFEFF0:0:1.5 --> 0:0:2\r\nÜber\r\n\r\n0:0:0 --> 0:0:1\r\nFirst");
        assertThat(Files.readString(burning.stored(run)))
                .isEqualTo("1\n00:00:00,000 --> 00:00:01,000\nFirst\n\n2\n00:00:01,500 --> 00:00:02,000\nÜber\n\n");
        assertThat(run.variable("subtitles"))
                .containsEntry("cues", 2)
                .containsEntry("charset", "UTF-8")
                .containsEntry("starts_at", 0.0)
                .containsEntry("ends_at", 2.0);
        assertThat(SubtitlesFile.of(run.exchange()).file().key())
                .isEqualTo("media/default/asset1/job1/subtitles-7.srt");
        assertThat(run.body().key()).isEqualTo("uploads/v.mp4");
        assertThat(run.step.warnings)
                .containsOnly(Map.entry(
                        "SUBTITLES_REPAIRED",
                        "The subtitles were repaired: cues without an index (lines 1, 4); a point or a colon in place of the"
                                + " comma before milliseconds (line 1); fractions of a second that have not three digits,"
                                + " read as parts of one (line 1); cues out of order, put in order (line 4)"));
        assertThat(run.variable("subtitles").toString())
                .contains("type=subtitles-vtt", "subtitles-7-subtitles-vtt.vtt");
    }

    @Test
    void what_will_not_be_seen_is_said() {
        Kamelets.Run run = burning.read(
                video,
                "0:0:1 --> 0:0:9\na\n\n0:0:2 --> 0:0:3\nb\n\n0:0:4 --> 0:0:5\nc\n\n0:0:1 --> 0:0:0\nd\n\n0:0:x --> 0:0:2\ne\n");
        assertThat(run.step.warnings)
                .containsEntry(
                        "CUES_PAST_END", "2 of 4 cues begin after the end of the video and are not shown: lines 4, 7")
                .containsEntry("CUES_UNTIMED", "1 of 5 cues have no time at which they can be shown: line 13");
    }

    @Test
    void a_guess_is_said() {
        burning.upload(Burning.KEY, "0:0:1 --> 0:0:2\ncaf\u00e9".getBytes(Charset.forName("windows-1252")));
        Kamelets.Run run = burning.read(video, Map.of("file", Burning.KEY));
        assertThat(run.step.warnings.get("SUBTITLE_CHARSET_GUESSED")).contains("windows-1252");
    }

    @Test
    void the_key_may_stand_in_the_pipeline_and_the_assets_own_folder_may_be_read() {
        String key = "media/default/asset1/job0/given.srt";
        burning.upload(key, "0:0:1 --> 0:0:2\na".getBytes(StandardCharsets.UTF_8));
        assertThat(burning.read(video, Map.of("file", key)).variable("subtitles"))
                .containsEntry("cues", 1);
        Kamelets.Run run = burning.read(video, "0:0:1 --> 0:0:2\na\n\n0:0:2 --> 0:0:3\nb\n");
        run.send("read-subtitles-action?file=" + key);
        assertThat(run.variable("subtitles")).containsEntry("cues", 1);
    }

    @Test
    void what_is_not_there_or_not_ours_is_refused() {
        assertThatThrownBy(() -> burning.read(video, Map.of())).hasMessageContaining("SUBTITLES_MISSING");
        assertThatThrownBy(() -> burning.read(video, Map.of("file", "uploads/none.srt")))
                .hasMessageContaining("SUBTITLES_MISSING")
                .hasMessageContaining("uploads/none.srt");
        burning.upload("media/default/asset2/a.srt", "0:0:1 --> 0:0:2\na".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> burning.read(video, Map.of("file", "media/default/asset2/a.srt")))
                .hasMessageContaining("SUBTITLES_REFUSED");
    }

    @Test
    void a_file_that_is_too_large_is_not_even_fetched() {
        burning.upload("uploads/large.srt", new byte[2_097_153]);
        assertThatThrownBy(() -> burning.read(video, Map.of("file", "uploads/large.srt")))
                .hasMessageContaining("SRT_TOO_LARGE");
    }
}
