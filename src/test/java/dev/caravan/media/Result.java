package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What stands in a finished file: looked at independently of the code under test. */
public record Result(Path file) {

    /** Entries of ffprobe, such as {@code stream=width,height}, in the order in which ffprobe writes them. */
    public String facts(String stream, String entries) {
        List<String> command = List.of(
                "ffprobe",
                "-v",
                "error",
                "-select_streams",
                stream,
                "-show_entries",
                entries,
                "-of",
                "csv=p=0",
                file.toString());
        return new String(Clips.run(command), StandardCharsets.UTF_8).strip();
    }

    public double duration(String stream) {
        return Double.parseDouble(facts(stream, "stream=duration"));
    }

    /** Everything that standard video promises, whatever it was made of. */
    Result assertStandard(int width, int height) {
        assertThat(facts(
                        "v",
                        "stream=codec_name,width,height,sample_aspect_ratio,pix_fmt,color_range,color_space,"
                                + "color_transfer,color_primaries,r_frame_rate,avg_frame_rate"))
                .isEqualTo("h264," + width + "," + height + ",1:1,yuv420p,tv,bt709,bt709,bt709,30/1,30/1");
        assertThat(facts("a", "stream=codec_name,sample_rate,channels")).isEqualTo("aac,48000,2");
        assertThat(facts("v", "stream_side_data=rotation")).isEmpty();
        List<Double> times = facts("v", "packet=pts_time")
                .lines()
                .map(Double::valueOf)
                .sorted()
                .toList();
        IntStream.range(0, times.size()).forEach(i -> assertThat(times.get(i))
                .isCloseTo(i / 30.0, org.assertj.core.api.Assertions.within(0.001)));
        assertThat(FastStart.isSet(file)).isTrue();
        return this;
    }

    /** The frame at that second, as one byte per component. */
    public Frame frame(double second) {
        return frame(List.of("-ss", Double.toString(second)));
    }

    /** The only frame, or the first one. */
    Frame picture() {
        return frame(List.of());
    }

    private Frame frame(List<String> seek) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
        command.addAll(seek);
        command.addAll(List.of("-i", file.toString(), "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"));
        return new Frame(Integer.parseInt(facts("v:0", "stream=width").split("[,\\s]")[0]), Clips.run(command));
    }

    /** What the track of subtitles says, a line for each cue. */
    public List<String> subtitles() {
        byte[] srt = Clips.run(
                List.of("ffmpeg", "-nostdin", "-v", "error", "-i", file.toString(), "-map", "0:s", "-f", "srt", "-"));
        return Stream.of(new String(srt, StandardCharsets.UTF_8)
                        .replace("\r", "")
                        .strip()
                        .split("\n\n"))
                .map(cue -> cue.split("\n", 3))
                .map(cue -> cue[1] + " " + cue[2].replace("\n", "/"))
                .toList();
    }

    /** Loudness of the left and the right channel, 0 to 1, in steps of 50 ms. */
    public List<double[]> loudness() {
        ByteBuffer samples = ByteBuffer.wrap(Clips.run(
                        List.of("ffmpeg", "-nostdin", "-v", "error", "-i", file.toString(), "-vn", "-f", "s16le", "-")))
                .order(ByteOrder.LITTLE_ENDIAN);
        List<double[]> steps = new ArrayList<>();
        while (samples.remaining() >= 2400 * 4) {
            double[] peaks = new double[2];
            for (int i = 0; i < 2400 * 2; i++) {
                peaks[i % 2] = Math.max(peaks[i % 2], Math.abs(samples.getShort()) / 32768.0);
            }
            steps.add(peaks);
        }
        return steps;
    }

    /** When sound begins, in seconds. */
    double soundFrom() {
        List<double[]> steps = loudness();
        return IntStream.range(0, steps.size())
                        .filter(i -> steps.get(i)[0] > 0.01)
                        .findFirst()
                        .orElse(-1)
                * 0.05;
    }

    public record Frame(int width, byte[] rgb) {

        public int red(int x, int y) {
            return component(x, y, 0);
        }

        public int brightness(int x, int y) {
            return (component(x, y, 0) + component(x, y, 1) + component(x, y, 2)) / 3;
        }

        /** R, G, B, W for white, K for black: the nearest of them. */
        public char colour(int x, int y) {
            int code = IntStream.range(0, 3)
                    .map(i -> component(x, y, i) > 127 ? 1 << i : 0)
                    .sum();
            return "KRGYBMCW".charAt(code);
        }

        public int component(int x, int y, int i) {
            return rgb[(y * width + x) * 3 + i] & 0xFF;
        }
    }
}
