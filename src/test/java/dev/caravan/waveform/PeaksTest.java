package dev.caravan.waveform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeaksTest {
    private static final WaveformFormat FORMAT = new WaveformFormat(1800, 280, "#2f6fde", 8, 60_000);

    @TempDir
    Path folder;

    @Test
    void too_many_stretches_become_half_as_many() {
        Peaks peaks = new Peaks(4);
        for (int i = 1; i <= 9; i++) {
            peaks.add(-i / 100.0, i / 10.0);
        }
        assertThat(peaks.merged()).isEqualTo(4);
        assertThat(peaks.length()).isEqualTo(3);
        assertThat(peaks.highest(0)).isEqualTo(0.4f);
        assertThat(peaks.highest(1)).isEqualTo(0.8f);
        assertThat(peaks.highest(2)).isEqualTo(0.9f);
        assertThat(peaks.lowest(1)).isEqualTo(-0.08f);
        assertThat(peaks.loudest()).isEqualTo(0.9f);
    }

    @Test
    void what_is_no_level_is_silence_and_what_is_too_loud_is_full_scale() {
        Peaks peaks = new Peaks(2);
        peaks.add(-3, Double.NaN);
        assertThat(peaks.lowest(0)).isEqualTo(-1);
        assertThat(peaks.highest(0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 256", "10, 256", "348, 256", "349, 512", "3600, 4096", "28800, 32768", "1e9, 1048576"})
    void samples_per_pixel_grow_with_the_duration(double seconds, int samples) {
        assertThat(FORMAT.samplesPerPixel(seconds, 44_100)).isEqualTo(samples);
    }

    @Test
    void eight_hours_measured_too_finely_stay_bounded() throws IOException {
        Path measured = folder.resolve("measured.txt");
        try (BufferedWriter writer = Files.newBufferedWriter(measured)) {
            for (int i = 0; i < 500_000; i++) {
                writer.write("frame:1    pts:256     pts_time:0.005805\nlavfi.astats.Overall.Min_level=-0.250000\n"
                        + "lavfi.astats.Overall.Max_level=0.500000\n");
            }
        }
        Peaks peaks = PeaksReader.read(measured, 60_000);
        assertThat(peaks.length()).isEqualTo(31_250);
        assertThat(peaks.merged()).isEqualTo(16);
        Path json = folder.resolve("peaks.json");
        new PeaksJson(peaks, 44_100, 256L * peaks.merged(), 8).write(json);
        assertThat(json.toFile().length()).isLessThan(300_000);
        Path svg = folder.resolve("peaks.svg");
        new Drawing(peaks, 1800, 280, "#2f6fde").write(svg);
        assertThat(svg.toFile().length()).isLessThan(120_000);
    }

    @Test
    void the_data_are_those_of_audiowaveform() throws IOException {
        Peaks peaks = new Peaks(4);
        peaks.add(-1, 1);
        peaks.add(-0.5, 0.5);
        peaks.add(0, 0);
        Path json = folder.resolve("peaks.json");
        new PeaksJson(peaks, 48_000, 512, 8).write(json);
        assertThat(json)
                .hasContent("{\"version\":2,\"channels\":1,\"sample_rate\":48000,\"samples_per_pixel\":512,\"bits\":8,"
                        + "\"length\":3,\"data\":[-128,127,-64,64,0,0]}");
        new PeaksJson(peaks, 48_000, 512, 16).write(json);
        JsonNode fine = new ObjectMapper().readTree(json.toFile());
        assertThat(fine.get("data").toString()).isEqualTo("[-32768,32767,-16384,16384,0,0]");
    }
}
