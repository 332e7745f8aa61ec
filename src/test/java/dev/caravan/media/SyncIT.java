package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Picture and sound still meet when a video has become standard. */
class SyncIT {
    private static final String SMALL = "width=108&height=192&fit=pad";
    /** What people do not notice; ITU-R BT.1359 puts it at 45 ms for sound that comes early. Seconds. */
    private static final double UNNOTICED = 0.040;

    @TempDir
    static Path root;

    private static Kamelets kamelets;

    @BeforeAll
    static void start() {
        kamelets = Kamelets.fast(root);
    }

    @AfterAll
    static void stop() {
        kamelets.close();
    }

    @Test
    void an_uneven_frame_rate_and_sound_that_begins_later_still_meet_after_a_minute() {
        Path source = FlashAndBeep.beginningLater(root, 62, 0.35);
        Kamelets.Run run = kamelets.standardize(source, SMALL);
        assertThat(run.probe().video().variableFrameRate()).isTrue();
        assertThat(run.probe().audio().start()).isGreaterThan(0.3);
        assertThat(new Result(run.output()).duration("v")).isGreaterThan(61);
        together(meet(run.output()), 60);
    }

    @Test
    void sound_whose_clock_is_a_thousandth_slow_meets_the_picture_after_a_minute() {
        Path source =
                FlashAndBeep.make(root.resolve("slow.mkv"), 62, "mod(t,1)", ",asetpts=PTS*1.001", "-c:a pcm_s16le");
        together(meet(kamelets.standardize(source, SMALL).output()), 60);
    }

    @Test
    void sound_that_lost_packets_on_the_way_meets_the_picture_again() {
        Path source = FlashAndBeep.make(
                root.resolve("lost.mkv"),
                20,
                "mod(t,1.001)",
                ",asetnsamples=441,aselect='not(lt(mod(t+1.5,3),0.065))'",
                "-c:a pcm_s16le");
        together(meet(kamelets.standardize(source, SMALL).output()), 18);
    }

    /** As a stream copy of one input against the other leaves it: an empty edit, or a media time, in an MP4's edit list. */
    @ParameterizedTest
    @CsvSource({"0.5, 0", "0, 0.5", "0, 1.7"})
    void an_edit_list_moves_picture_or_sound_and_nothing_else(double picture, double sound) {
        Path plain = FlashAndBeep.make(
                root.resolve("plain.mp4"), 6, "mod(t,1.001)", "", "-c:a aac -b:a 64k -bf 2 -x264-params b-adapt=0");
        List<Double> before = meet(kamelets.standardize(plain, SMALL).output());
        together(before, 5);
        Path moved = Clips.make(
                root.resolve("moved.mp4"),
                "-itsoffset %s -i %s -itsoffset %s -i %s -map 0:v -map 1:a -c copy"
                        .formatted(picture, plain, sound, plain));
        double expected = (sound - picture + FlashAndBeep.PERIOD * 1.5) % FlashAndBeep.PERIOD - FlashAndBeep.PERIOD / 2;
        assertThat(meet(kamelets.standardize(moved, SMALL).output()))
                .allMatch(apart -> Math.abs(apart - expected) < UNNOTICED
                        || Math.abs(Math.abs(apart - expected) - FlashAndBeep.PERIOD) < UNNOTICED);
    }

    @Test
    void a_cut_between_two_key_frames_keeps_them_together() {
        // At a frame that is there: a copy that begins between two frames is itself wrong by what lies between them.
        Path plain = FlashAndBeep.make(root.resolve("whole.mov"), 8, "mod(t,1.001)", "", "-c:a pcm_s16le");
        Path cut = Clips.make(root.resolve("cut.mov"), "-ss 2.0019 -i " + plain + " -t 5 -c copy");
        together(meet(kamelets.standardize(cut, SMALL).output()), 3);
    }

    private static List<Double> meet(Path file) {
        return FlashAndBeep.apart(file);
    }

    private static void together(List<Double> apart, int times) {
        assertThat(apart).hasSizeGreaterThanOrEqualTo(times).allMatch(each -> Math.abs(each) <= UNNOTICED);
    }
}
