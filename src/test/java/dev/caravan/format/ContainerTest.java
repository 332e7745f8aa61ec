package dev.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 500, 3000, 20_000, 60_000})
    void streams_of_frames_are_known_behind_zeros_and_behind_noise(int before) throws IOException {
        byte[] noise = new byte[before];
        new Random(7).nextBytes(noise);
        for (byte[] junk : new byte[][] {new byte[before], noise}) {
            assertThat(of(junk, mp3())).contains(Container.MP3);
            assertThat(of(junk, adts())).contains(Container.ADTS);
            assertThat(of(junk, packets(188))).contains(Container.MPEG_TS);
            assertThat(of(junk, packets(192))).contains(Container.MPEG_TS);
            assertThat(of(junk, packets(204))).contains(Container.MPEG_TS);
        }
    }

    @Test
    void a_recording_that_was_cut_within_a_frame_or_a_packet_is_still_known() throws IOException {
        assertThat(of(Arrays.copyOfRange(mp3(), 100, 4000))).contains(Container.MP3);
        assertThat(of(Arrays.copyOfRange(packets(188), 100, 3000))).contains(Container.MPEG_TS);
        assertThat(of("\r\n\r\n".getBytes(StandardCharsets.US_ASCII), packets(188)))
                .contains(Container.MPEG_TS);
    }

    @Test
    void behind_a_tag_of_any_length_stands_what_counts() throws IOException {
        byte[] flac = "fLaC\0\0\0\"".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(of(id3(200), flac)).contains(Container.FLAC);
        assertThat(of(id3(300_000), flac)).contains(Container.FLAC);
        assertThat(of(id3(20), id3(20), adts())).contains(Container.ADTS);
        assertThat(of(id3(20), "#EXTM3U\n".getBytes(StandardCharsets.US_ASCII))).contains(Container.HLS);
        assertThat(of(id3(20), new byte[300])).as("as players take it").contains(Container.MP3);
    }

    @Test
    void noise_zeros_and_text_are_no_media() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            byte[] noise = new byte[100_000];
            new Random(seed).nextBytes(noise);
            noise[0] = 1;
            assertThat(of(noise)).as("seed " + seed).isEmpty();
        }
        assertThat(of(new byte[100_000])).isEmpty();
        byte[] text = "Good day, ".repeat(9000).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < text.length; i += 188) {
            text[i] = 'G';
        }
        assertThat(of(text)).contains(Container.TEXT);
    }

    @Test
    void what_was_packed_or_has_no_container_is_named() throws IOException {
        assertThat(of(new byte[] {0x78, (byte) 0x9C, 1, 2}).orElseThrow().label())
                .contains("deflate");
        assertThat(of(new byte[] {0, 0, 0, 1, 0x67, 0x42})).contains(Container.RAW_VIDEO);
        assertThat(of(new byte[] {0, 0, 0, 1, 0x40, 1})).contains(Container.RAW_VIDEO);
    }

    @Test
    void endings_come_from_the_same_table_and_videos_are_first() {
        assertThat(ExtensionTable.all())
                .doesNotHaveDuplicates()
                .startsWith(".mp4")
                .contains(".mov", ".ts", ".jpg", ".bmp", ".mp3", ".amr", ".aiff", ".caf", ".wma", ".opus");
        assertThat(ExtensionTable.nameSound("AMR")).isTrue();
        assertThat(ExtensionTable.namePicture("jpeg")).isTrue();
        assertThat(ExtensionTable.nameSound("mp4")).isFalse();
    }

    @Test
    void whatever_ffmpeg_may_read_has_a_demuxer_a_name_and_a_type_for_its_files() {
        assertThat(Container.values())
                .filteredOn(container -> container.kind() == Container.Kind.MEDIA)
                .allMatch(container -> container.demuxer() != null && container.extension() != null)
                .allMatch(container -> container.contentType().contains("/"))
                .extracting(Container::demuxer)
                .doesNotHaveDuplicates();
    }

    private Optional<Container> of(byte[]... parts) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.write(part);
        }
        return Container.of(FileHead.of(new ByteArrayInputStream(whole.toByteArray())));
    }

    /** Layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame. */
    private static byte[] mp3() {
        return frames(417, 0xFF, 0xFB, 0x90, 0x64);
    }

    private static byte[] adts() {
        return frames(300, 0xFF, 0xF1, 0x50, 0x80, 300 >> 3, (300 & 7) << 5);
    }

    private static byte[] packets(int size) {
        return frames(size, 0x47, 0x01, 0x00, 0x10);
    }

    private static byte[] frames(int length, int... header) {
        byte[] all = new byte[length * 20];
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < header.length; j++) {
                all[i * length + j] = (byte) header[j];
            }
        }
        return all;
    }

    private static byte[] id3(int size) {
        byte[] tag = new byte[10 + size];
        tag[0] = 'I';
        tag[1] = 'D';
        tag[2] = '3';
        tag[3] = 4;
        for (int i = 0; i < 4; i++) {
            tag[6 + i] = (byte) (size >> 7 * (3 - i) & 0x7F);
        }
        return tag;
    }
}
