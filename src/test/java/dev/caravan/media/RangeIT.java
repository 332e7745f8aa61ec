package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Patches of high dynamic range, written sample by sample, become the BT.709 that {@link Reference} says - which is computed
 * by the standards' formulas alone.
 */
class RangeIT {
    /** Of 255: half a step of rounding at both ends, and what x264 changes in an even patch. */
    private static final int TOLERANCE = 4;

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

    /** Light in cd/m2: the grey card and the white of BT.2408, a highlight, and colours within BT.709. */
    @ParameterizedTest
    @CsvSource({"26, 26, 26", "203, 203, 203", "800, 800, 800", "5, 5, 5", "60, 30, 15", "15, 60, 30", "20, 25, 70"})
    void pq_is_tone_mapped(double red, double green, double blue) throws IOException {
        double[] light = {red, green, blue};
        double[] signal = Reference.pq(Reference.wide(light));
        patch("pq", "smpte2084", signal, Reference.toneMapped(light));
    }

    /** Signals in parts of the white of BT.709: HLG's were made to be seen on such screens as they are. */
    @ParameterizedTest
    @CsvSource({
        "0.38, 0.38, 0.38",
        "0.75, 0.75, 0.75",
        "0.1, 0.1, 0.1",
        "0.6, 0.4, 0.3",
        "0.3, 0.6, 0.5",
        "0.3, 0.4, 0.7"
    })
    void hlg_is_narrowed(double red, double green, double blue) throws IOException {
        double[] shown = {red, green, blue};
        patch("hlg", "arib-std-b67", Reference.gamma(Reference.wide(Reference.degamma(shown))), shown);
    }

    @Test
    @EnabledIf("corpusIsHere")
    void dolby_vision_of_a_phone_is_read_by_its_hlg_layer() {
        Kamelets.Run run =
                kamelets.standardize(Path.of("../shared/media/video/dolbyVision-hdr.MOV"), "width=216&height=384");
        assertThat(run.probe().video().hdr()).isEqualTo("hlg");
        assertThat(run.converted().get("notes")).asString().contains("HDR");
        new Result(run.output()).assertStandard(216, 384);
    }

    static boolean corpusIsHere() {
        return Files.isDirectory(Path.of("../shared/media"));
    }

    private static void patch(String name, String transfer, double[] signal, double[] expected) throws IOException {
        Path source = hevc(name, transfer, signal);
        Kamelets.Run run = kamelets.standardize(source, "width=64&height=112&fit=pad&crf=4");
        assertThat(run.probe().video().hdr()).isEqualTo(name);
        assertThat(run.probe().video().bitDepth()).isEqualTo(10);
        int[] codes = codes(new Result(run.output()).assertStandard(64, 112));
        for (int i = 0; i < 3; i++) {
            assertThat(codes[i])
                    .as("component %d of %s", i, List.of(codes[0], codes[1], codes[2]))
                    .isCloseTo((int) Math.round(255 * expected[i]), within(TOLERANCE));
        }
    }

    /** Ten bits, 4:2:0, limited range, BT.2020: every sample of the patch the same. */
    private static Path hevc(String name, String transfer, double[] signal) throws IOException {
        int[] codes = Reference.tenBits(signal);
        int pixels = 64 * 64;
        ByteBuffer frame = ByteBuffer.allocate(pixels * 3).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < pixels * 3 / 2; i++) {
            frame.putShort((short) codes[i < pixels ? 0 : i < pixels * 5 / 4 ? 1 : 2]);
        }
        Path raw = root.resolve(name + ".yuv");
        try (var out = Files.newOutputStream(raw)) {
            for (int i = 0; i < 6; i++) {
                out.write(frame.array());
            }
        }
        return Clips.make(
                root.resolve(name + ".mp4"),
                "-f rawvideo -pix_fmt yuv420p10le -s 64x64 -r 30 -i " + raw
                        + " -c:v libx265 -preset ultrafast -x265-params log-level=error:lossless=1:colorprim=bt2020:transfer="
                        + transfer
                        + ":colormatrix=bt2020nc:range=limited -tag:v hvc1 -color_primaries bt2020 -color_trc "
                        + transfer + " -colorspace bt2020nc -color_range tv");
    }

    /** The patch as R'G'B', by BT.709's own matrix out of the samples that stand in the file. */
    private static int[] codes(Result result) {
        byte[] yuv = Clips.run(List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                result.file().toString(),
                "-frames:v",
                "1",
                "-vf",
                "crop=16:16:24:48",
                "-pix_fmt",
                "yuv420p",
                "-f",
                "rawvideo",
                "-"));
        double y = ((yuv[100] & 0xFF) - 16) / 219.0;
        double cb = ((yuv[256 + 30] & 0xFF) - 128) / 224.0;
        double cr = ((yuv[320 + 30] & 0xFF) - 128) / 224.0;
        double red = y + 2 * (1 - 0.2126) * cr;
        double blue = y + 2 * (1 - 0.0722) * cb;
        double green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152;
        return new int[] {code(red), code(green), code(blue)};
    }

    private static int code(double part) {
        return (int) Math.round(255 * part);
    }
}
