package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnifferTest {
    @TempDir
    Path folder;

    private final Sniffer sniffer = new Sniffer();

    @ParameterizedTest
    @CsvSource({
        "00000018 66747970 6d703432,          mov",
        "00000014 66747970 71742020,          mov",
        "00000008 77696465 0000ffff 6d646174, mov",
        "1a45dfa3 01000000,                   matroska",
        "52494646 24000000 41564920,          avi",
        "52494646 24000000 57415645,          wav",
        "000001ba 44000400,                   mpeg",
        "464c5601 05000000,                   flv",
        "3026b275 8e66cf11 a6d900aa,          asf",
        "4f676753 00020000,                   ogg",
        "49443303 00000000,                   mp3",
        "fffb9064 00000000,                   mp3",
        "fff15080 00000000,                   aac",
        "664c6143 00000022,                   flac",
        "060e2b34 02050101 0d010201,          mxf",
    })
    void the_first_bytes_say_which_demuxer_reads_it(String hex, String demuxer) throws IOException {
        assertThat(sniffer.container(file(bytes(hex))).demuxer()).isEqualTo(demuxer);
    }

    @Test
    void transport_streams_are_known_by_their_rhythm() throws IOException {
        byte[] ts = new byte[188 * 6];
        byte[] m2ts = new byte[192 * 6];
        for (int i = 0; i < 6; i++) {
            ts[i * 188] = 0x47;
            m2ts[i * 192 + 4] = 0x47;
        }
        assertThat(sniffer.container(file(ts)).demuxer()).isEqualTo("mpegts");
        assertThat(sniffer.container(file(m2ts)).demuxer()).isEqualTo("mpegts");
        ts[188 * 2] = 0;
        assertThat(refusal(ts)).isEqualTo("NOT_MEDIA");
    }

    @ParameterizedTest
    @CsvSource({
        "'#EXTM3U\n#EXTINF:1,\n../a.ts',                              PLAYLIST_REFUSED",
        "'\uFEFF  #EXTM3U\n',                                         PLAYLIST_REFUSED",
        "'ffconcat version 1.0\nfile /etc/passwd',                    PLAYLIST_REFUSED",
        "'<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash\">',    PLAYLIST_REFUSED",
        "'<smil><body/></smil>',                                      PLAYLIST_REFUSED",
        "'[playlist]\nFile1=http://x',                                PLAYLIST_REFUSED",
        "'v=0\no=- 0 0 IN IP4 127.0.0.1',                             PLAYLIST_REFUSED",
        "'<!DOCTYPE html><html>',                                     NOT_MEDIA",
        "'just some text',                                            NOT_MEDIA",
        "'%PDF-1.7',                                                  NOT_MEDIA",
        "'GIF89a',                                                    TYPE_MISMATCH",
    })
    void what_is_no_media_is_refused_for_good(String text, String code) throws IOException {
        assertThat(refusal(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "89504e47 0d0a1a0a,          TYPE_MISMATCH",
        "ffd8ffe0 00104a46,          TYPE_MISMATCH",
        "00000018 66747970 68656963, TYPE_MISMATCH",
        "52494646 24000000 57454250, TYPE_MISMATCH",
        "504b0304 00000000,          NOT_MEDIA",
        "00000000 00000000 00000000, NOT_MEDIA",
    })
    void pictures_and_archives_are_refused_by_their_bytes(String hex, String code) throws IOException {
        assertThat(refusal(bytes(hex))).isEqualTo(code);
    }

    @Test
    void noise_and_nothing_are_refused() throws IOException {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        assertThat(refusal(noise)).isEqualTo("NOT_MEDIA");
        assertThat(refusal(new byte[0])).isEqualTo("EMPTY_FILE");
    }

    private String refusal(byte[] content) throws IOException {
        Path file = file(content);
        StepException refused = catchThrowableOfType(StepException.class, () -> sniffer.container(file));
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.PERMANENT);
        assertThat(refused.failure().advice()).isNotBlank();
        return refused.failure().code();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "upload", ".mp4"), content);
    }

    private static byte[] bytes(String hex) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String digits = hex.replace(" ", "");
        for (int i = 0; i < digits.length(); i += 2) {
            out.write(Integer.parseInt(digits.substring(i, i + 2), 16));
        }
        return out.toByteArray();
    }
}
