package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.Decoders;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeReaderTest {
    private static final String VIDEO =
            """
            "index": 0, "codec_type": "video", "codec_name": "h264", "width": 1280, "height": 720,
            "pix_fmt": "yuv420p", "sample_aspect_ratio": "1:1", "avg_frame_rate": "30/1", "r_frame_rate": "30/1",
            "duration": "5.0", "nb_frames": "150", "bit_rate": "1000", "disposition": {"default": 1}""";
    private static final String AUDIO =
            """
            "index": 1, "codec_type": "audio", "codec_name": "aac", "channels": 2, "sample_rate": "48000",
            "duration": "5.1", "nb_frames": "240", "disposition": {"default": 1}""";

    private final ProbeReader reader = new ProbeReader(50_000_000, Decoders.UNTOLD);

    @Test
    void says_what_a_common_file_is() {
        Probe probe = read(VIDEO, AUDIO);
        assertThat(probe.container()).isEqualTo("mov");
        assertThat(probe.duration()).isEqualTo(5.1);
        assertThat(probe.size()).isEqualTo(77);
        assertThat(probe.video())
                .isEqualTo(new Probe.Video(
                        0, "h264", 1280, 720, 1280, 720, 0, false, 1, 30, false, 150, "yuv420p", 8, "none", "bt709",
                        false, 1000, 0, 5.0, false, false));
        assertThat(probe.audio()).isEqualTo(new Probe.Audio(1, "aac", 2, 48_000, 0, 0, 5.1));
    }

    @Test
    void without_sound_there_is_no_audio() {
        assertThat(read(VIDEO).audio()).isNull();
        assertThat(read(AUDIO).video()).isNull();
    }

    @Test
    void a_cover_is_no_video() {
        String cover =
                video("\"attached_pic\": 0", "\"attached_pic\": 1").replace("\"default\": 1", "\"attached_pic\": 1");
        assertThat(read(AUDIO, cover).video()).isNull();
    }

    @Test
    void the_default_film_wins_over_a_larger_show_of_slides_and_a_film_over_a_still_that_is_default() {
        String slides = video("\"index\": 0", "\"index\": 3")
                .replace("1280", "3840")
                .replace("720", "2160")
                .replace("30/1", "1/1")
                .replace("\"150\"", "\"5\"");
        assertThat(read(slides.replace("\"default\": 1", "\"default\": 0"), VIDEO).video().stream())
                .as("default")
                .isZero();
        assertThat(read(slides, VIDEO).video().stream()).as("frames a second").isZero();
        assertThat(read(slides, video("\"default\": 1", "\"default\": 0")).video().stream())
                .as("slides that are marked as default")
                .isEqualTo(3);
        String still = slides.replace("\"5\"", "\"1\"");
        assertThat(read(still, video("\"default\": 1", "\"default\": 0")).video().stream())
                .as("one frame")
                .isZero();
        String jpeg = slides.replace("h264", "mjpeg").replace("\"5\"", "\"N/A\"");
        assertThat(read(jpeg, video("\"default\": 1", "\"default\": 0")).video().stream())
                .as("a JPEG without a count")
                .isZero();
        assertThat(read(jpeg).video().stream()).as("nothing else").isEqualTo(3);
    }

    @Test
    void a_commentary_is_no_better_for_its_channels() {
        String stereo = AUDIO.replace("\"default\": 1", "\"default\": 0");
        String surround = stereo.replace("\"index\": 1", "\"index\": 2").replace("\"channels\": 2", "\"channels\": 6");
        assertThat(read(VIDEO, stereo, surround).audio().stream()).isEqualTo(1);
        String comment = stereo.replace("\"default\": 0", "\"default\": 0, \"comment\": 1");
        assertThat(read(VIDEO, comment, surround).audio().stream()).isEqualTo(2);
        String english = surround + ", \"tags\": {\"language\": \"eng\"}";
        assertThat(read(VIDEO + ", \"tags\": {\"language\": \"eng\"}", stereo, english).audio().stream())
                .isEqualTo(2);
    }

    @Test
    void a_track_without_a_decoder_or_without_a_key_is_left_out_and_named() {
        ProbeReader knowing = new ProbeReader(50_000_000, new Decoders(Set.of("h264", "aac")));
        String first = AUDIO.replace("aac", "mpegh_3d_audio");
        String second = AUDIO.replace("\"index\": 1", "\"index\": 2") + ", \"tags\": {\"language\": \"deu\"}";
        String locked = VIDEO.replace("\"index\": 0", "\"index\": 3") + ", \"codec_tag_string\": \"encv\"";
        Probe probe = read(knowing, VIDEO, first, second, locked);
        assertThat(probe.audio().stream()).isEqualTo(2);
        assertThat(probe.leftOut())
                .containsExactly(
                        new Probe.LeftOut(3, "video", "h264", null, "encrypted"),
                        new Probe.LeftOut(1, "audio", "mpegh_3d_audio", null, "no-decoder"));
        assertThat(LeftOutTracks.warning(probe))
                .contains("Not all tracks are used. Left out: video track 3 (h264, encrypted),"
                        + " audio track 1 (mpegh_3d_audio, no decoder)");
        assertThatThrownBy(() -> RequiredStreams.SOUND.require(read(knowing, VIDEO, first)))
                .hasMessageContaining("CODEC_UNSUPPORTED")
                .hasMessageContaining("mpegh_3d_audio");
        assertThatThrownBy(() -> RequiredStreams.PICTURE.require(read(knowing, locked, AUDIO)))
                .hasMessageContaining("MEDIA_ENCRYPTED");
    }

    @Test
    void takes_the_best_of_streams_that_are_alike() {
        String larger = video("\"index\": 0", "\"index\": 5")
                .replace("1280", "1920")
                .replace("\"default\": 1", "\"default\": 0");
        assertThat(read(VIDEO, larger).video().stream()).as("default").isZero();
        assertThat(read(VIDEO, larger.replace("\"default\": 0", "\"default\": 1")).video().stream())
                .as("size")
                .isEqualTo(5);
        String finer = AUDIO.replace("\"index\": 1", "\"index\": 6").replace("48000", "96000");
        assertThat(read(VIDEO, AUDIO, finer).audio().stream()).isEqualTo(6);
        assertThat(read(VIDEO, AUDIO, AUDIO.replace("\"index\": 1", "\"index\": 7")).audio().stream())
                .isEqualTo(1);
        assertThat(read(VIDEO, AUDIO.replace("aac", "unknown")).audio()).isNull();
    }

    @Test
    void pixels_that_are_not_square_widen_the_picture_and_a_turn_swaps_its_sides() {
        assertThat(read(video("1:1", "4:3")).video())
                .extracting(Probe.Video::width, Probe.Video::height)
                .containsExactly(1707, 720);
        String turned = video(
                "\"bit_rate\"",
                "\"side_data_list\": [{\"displaymatrix\": \"0: 0 65536 0\\n1: -65536 0 0\\n2: 0 0 1073741824\"}], \"bit_rate\"");
        assertThat(read(turned).video())
                .extracting(Probe.Video::width, Probe.Video::height, Probe.Video::rotation)
                .containsExactly(720, 1280, 90);
    }

    @Test
    void an_absurd_rotation_is_ignored() {
        String flat = video(
                "\"bit_rate\"",
                "\"side_data_list\": [{\"displaymatrix\": \"0: 0 0 0\\n1: 0 0 0\\n2: 0 0 0\", \"rotation\": -9223372036854775808}], \"bit_rate\"");
        assertThat(read(flat).video().rotation()).isZero();
    }

    @Test
    void absurd_numbers_become_unknown() {
        Probe.Video video = read(video("\"5.0\"", "\"N/A\"")
                        .replace("\"150\"", "\"N/A\"")
                        .replace("30/1", "1000/1")
                        .replace("1:1", "0:1"))
                .video();
        assertThat(video.frameRate()).isZero();
        assertThat(video.frames()).isZero();
        assertThat(video.sampleAspectRatio()).isEqualTo(1);
        assertThat(read(video("\"5.0\"", "\"-9223372036854775808\"")).video().duration())
                .as("that of the file")
                .isEqualTo(6);
        assertThat(read(video("\"5.0\"", "\"1e300\"")).video().duration())
                .as("the file's")
                .isEqualTo(6);
        assertThat(read(video("30/1", "0/0")).video().frameRate())
                .as("frames over duration")
                .isEqualTo(30);
    }

    @Test
    void huge_pictures_are_refused_before_they_are_decoded() {
        assertThatThrownBy(() -> read(video("1280", "16000").replace("720", "16000")))
                .isInstanceOfSatisfying(StepException.class, refused -> {
                    assertThat(refused.failure().code()).isEqualTo("PICTURE_TOO_LARGE");
                    assertThat(refused.failure().message()).contains("16000x16000");
                });
        assertThatThrownBy(() -> read(video("1280", "2147483647").replace("720", "2147483647")))
                .hasMessageContaining("PICTURE_TOO_LARGE");
        assertThatThrownBy(() -> read(video("1280", "0"))).hasMessageContaining("MEDIA_UNREADABLE");
    }

    @Test
    void hdr_depth_and_fields_are_told() {
        Probe.Video hlg = read(video("\"yuv420p\"", "\"yuv420p10le\", \"color_transfer\": \"arib-std-b67\""))
                .video();
        assertThat(hlg.hdr()).isEqualTo("hlg");
        assertThat(hlg.bitDepth()).isEqualTo(10);
        assertThat(hlg.matrix()).isEqualTo("bt2020");
        assertThat(read(video("\"yuv420p\"", "\"p010le\", \"color_transfer\": \"smpte2084\""))
                        .video()
                        .hdr())
                .isEqualTo("pq");
        assertThat(read(video("\"yuv420p\"", "\"yuv420p\", \"field_order\": \"tt\""))
                        .video()
                        .interlaced())
                .isTrue();
        assertThat(read(video("720", "480")).video().matrix()).isEqualTo("bt601");
    }

    @Test
    void an_edit_list_promises_fewer_frames_than_the_track_holds() {
        assertThat(read(video("\"5.0\"", "\"4.0\"")).video().frames()).isEqualTo(120);
    }

    @Test
    void what_was_counted_fills_in_what_headers_leave_out() {
        String live = video("\"5.0\"", "\"N/A\"").replace("\"150\"", "\"N/A\"").replace("30/1", "1000/1");
        Probe probe = reader.read(json("N/A", live), "matroska", 77, packets(90, 30));
        assertThat(probe.video().frames()).isEqualTo(90);
        assertThat(probe.video().duration()).isEqualTo(3, within(0.01));
        assertThat(probe.video().frameRate()).isEqualTo(30, within(0.01));
        assertThat(probe.video().variableFrameRate()).isFalse();
    }

    @Test
    void data_that_end_early_promise_what_is_not_there() {
        String mkv = video("\"5.0\"", "\"N/A\"").replace("\"150\"", "\"N/A\"");
        assertThat(reader.read(json("6.0", mkv), "matroska", 77, packets(90, 30))
                        .video()
                        .frames())
                .isEqualTo(180);
    }

    @Test
    void a_duration_that_is_only_estimated_promises_nothing() {
        String mkv = video("\"5.0\"", "\"N/A\"").replace("\"150\"", "\"N/A\"");
        assertThat(reader.read(json("3.08", mkv), "mpegts", 77, packets(90, 30))
                        .video()
                        .frames())
                .isEqualTo(90);
    }

    @Test
    void uneven_time_stamps_are_a_variable_rate() {
        Packets uneven = Packets.parse("0,0.0,0.033\n0,0.033,0.033\n0,0.5,0.033\n");
        assertThat(reader.read(json("1.0", VIDEO), "mov", 77, uneven).video().variableFrameRate())
                .isTrue();
        assertThat(read(video("\"r_frame_rate\": \"30/1\"", "\"r_frame_rate\": \"120/1\""))
                        .video()
                        .variableFrameRate())
                .isTrue();
    }

    @Test
    void it_survives_a_journey_as_plain_json() throws Exception {
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        Probe probe = read(VIDEO, AUDIO);
        assertThat(json.readValue(json.writeValueAsString(probe), Probe.class)).isEqualTo(probe);
        assertThat(json.writeValueAsString(probe)).contains("\"variable_frame_rate\":false");
    }

    @Test
    void packets_before_the_wrap_of_an_mpeg_clock_count_and_those_before_an_edit_list_do_not() {
        String csv = "0,-0.08,-0.08,0.04\n0,-0.04,-0.04,0.04\n0,0.00,0.00,0.04\n0,0.04,0.04,0.04\n";
        Packets wrapped = Packets.parse(csv, true);
        assertThat(wrapped.track(0).duration()).isCloseTo(0.16, within(1e-6));
        assertThat(wrapped.track(0).count()).isEqualTo(4);
        assertThat(wrapped.jumped()).isFalse();
        Packets edited = Packets.parse(csv, false);
        assertThat(edited.track(0).duration()).isCloseTo(0.08, within(1e-6));
        assertThat(edited.end()).isCloseTo(0.08, within(1e-6));
    }

    @Test
    void in_mpeg_streams_time_goes_on_where_time_stamps_start_again_or_jump() {
        String again =
                "0,10.00,9.92,0.04\n0,10.12,9.96,0.04\n0,10.04,10.00,0.04\n0,10.00,9.92,0.04\n0,10.04,9.96,0.04\n";
        Packets joined = Packets.parse(again, true);
        assertThat(joined.jumped()).isTrue();
        assertThat(joined.track(0).duration()).isCloseTo(0.2, within(0.001));
        Packets ahead = Packets.parse("0,1.00,1.00,0.04\n0,9001.00,9001.00,0.04\n", true);
        assertThat(ahead.track(0).duration()).isCloseTo(0.08, within(0.001));
        Packets reordered = Packets.parse("0,0.00,N/A,0.50\n0,2.00,N/A,0.50\n0,0.50,N/A,0.50\n", true);
        assertThat(reordered.jumped()).isFalse();
        assertThat(Packets.parse(again).jumped()).isFalse();
    }

    private static Packets packets(int count, int rate) {
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < count; i++) {
            csv.append("0,%.3f,%.3f%n".formatted((double) i / rate, 1.0 / rate));
        }
        return Packets.parse(csv.toString());
    }

    private static String video(String from, String to) {
        return VIDEO.replace(from, to);
    }

    private Probe read(String... streams) {
        return reader.read(json("6.0", streams), "mov", 77, Packets.NONE);
    }

    private static Probe read(ProbeReader reader, String... streams) {
        return reader.read(json("6.0", streams), "mov", 77, Packets.NONE);
    }

    private static String json(String duration, String... streams) {
        return "{\"streams\": [{" + String.join("}, {", streams) + "}], \"format\": {\"duration\": \"" + duration
                + "\", \"start_time\": \"0.0\"}}";
    }
}
