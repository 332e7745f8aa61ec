package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that FFmpeg reads with exit code 0 although much of them is gone. */
class DamageIT {
    private static final String SMALL = "width=216&height=384";

    @TempDir
    static Path root;

    private static Kamelets kamelets;
    private static byte[] whole;

    @BeforeAll
    static void start() throws IOException {
        kamelets = Kamelets.fast(root);
        whole = Files.readAllBytes(Clips.make(
                root.resolve("whole.mp4"),
                "-f lavfi -i testsrc2=s=216x384:r=30:d=4 -f lavfi -i sine=r=48000:d=4 -ac 2 -c:v libx264 -preset ultrafast"
                        + " -pix_fmt yuv420p -g 30 -c:a aac -movflags +faststart"));
    }

    @AfterAll
    static void stop() {
        kamelets.close();
    }

    @Test
    void a_file_cut_in_half_is_finished_with_a_warning_that_names_the_loss() throws IOException {
        Kamelets.Run run = kamelets.standardize(file("half.mp4", Arrays.copyOf(whole, whole.length / 2)), SMALL);
        assertThat(run.converted().get("remuxed")).as("damage is not copied").isEqualTo(false);
        assertThat(run.step.warnings.get("PARTLY_DAMAGED"))
                .matches("(4|5)\\d % of the picture \\(\\d+ of 120 frames\\) could not be read");
        new Result(run.output()).assertStandard(216, 384);
    }

    @Test
    void a_file_with_holes_is_finished_with_a_warning() throws IOException {
        byte[] holes = whole.clone();
        for (int i = 3; i < 9; i++) {
            int from = whole.length / 10 * i;
            Arrays.fill(holes, from, from + whole.length / 60, (byte) 0);
        }
        Kamelets.Run run = kamelets.standardize(file("holes.mp4", holes), SMALL);
        assertThat(run.step.warnings.get("PARTLY_DAMAGED")).contains("% of the picture");
        assertThat(run.converted().get("remuxed")).isEqualTo(false);
        assertThat(new Result(run.output()).assertStandard(216, 384).duration("v"))
                .isBetween(3.9, 4.1);
    }

    @Test
    void a_matroska_file_cut_in_half_is_known_by_the_duration_that_it_claims() throws IOException {
        Path mkv = Clips.make(
                root.resolve("whole.mkv"), "-i " + root.resolve("whole.mp4") + " -c copy -map_metadata:s -1");
        byte[] bytes = Files.readAllBytes(mkv);
        Kamelets.Run run = kamelets.standardize(file("half.mkv", Arrays.copyOf(bytes, bytes.length / 2)), SMALL);
        assertThat(run.step.warnings.get("PARTLY_DAMAGED")).matches("(4|5)\\d % of the picture.*");
    }

    @Test
    void a_file_of_which_little_is_left_is_refused_for_good() {
        assertThatThrownBy(() -> kamelets.standardize(file("tenth.mp4", Arrays.copyOf(whole, whole.length / 8)), SMALL))
                .hasMessageContaining("MEDIA_MOSTLY_UNREADABLE");
    }

    @Test
    void a_file_without_its_index_is_refused_for_good() {
        assertThatThrownBy(() -> kamelets.standardize(file("nomoov.mp4", Arrays.copyOf(whole, 600)), SMALL))
                .hasMessageContaining("MEDIA_UNREADABLE");
    }

    @Test
    void what_an_edit_list_cuts_off_is_no_damage() {
        Path cut = Clips.make(root.resolve("cut.mp4"), "-ss 1.5 -i " + root.resolve("whole.mp4") + " -t 2 -c copy");
        Kamelets.Run run = kamelets.standardize(cut, "width=108&height=192");
        assertThat(run.step.warnings).isEmpty();
        assertThat(new Result(run.output()).assertStandard(108, 192).duration("v"))
                .isBetween(1.95, 2.05);
    }

    @Test
    void an_avi_that_counts_empty_ticks_as_frames_is_no_damage() {
        Path avi = Clips.make(root.resolve("ticks.avi"), "-i " + root.resolve("whole.mp4") + " -c:v copy -c:a mp3");
        assertThat(kamelets.standardize(avi, SMALL).step.warnings).isEmpty();
    }

    @Test
    void a_live_recording_without_a_duration_is_no_damage() {
        Path live = Clips.make(
                root.resolve("live.webm"),
                "-f lavfi -i testsrc2=s=64x36:r=30:d=2 -f lavfi -i sine=d=2 -c:v libvpx -deadline realtime -c:a libvorbis -live 1");
        Kamelets.Run run = kamelets.standardize(live, SMALL);
        assertThat(run.probe().duration()).isBetween(1.9, 2.2);
        assertThat(run.step.warnings).isEmpty();
    }

    private static Path file(String name, byte[] bytes) throws IOException {
        return Files.write(root.resolve(name), bytes);
    }
}
