package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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

    private JsonNode json(String entries) {
        List<String> command =
                List.of("ffprobe", "-v", "error", "-show_entries", entries, "-of", "json=c=1", file.toString());
        try {
            return Json.MAPPER.readTree(Clips.run(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode only(JsonNode all, String type) {
        List<JsonNode> streams = StreamSupport.stream(all.path("streams").spliterator(), false)
                .filter(stream -> stream.path("codec_type").asText().equals(type))
                .toList();
        assertThat(streams).as(type).hasSize(1);
        return streams.get(0);
    }

    private static String values(JsonNode stream, String... names) {
        return Stream.of(names).map(name -> stream.path(name).asText()).collect(Collectors.joining(","));
    }

    public double duration(String stream) {
        return Double.parseDouble(facts(stream, "stream=duration"));
    }

    /** Everything that standard video promises, whatever it was made of. */
    Result assertStandard(int width, int height) {
        JsonNode all = json("stream:packet=codec_type,pts_time");
        JsonNode video = only(all, "video");
        assertThat(values(
                        video,
                        "codec_name",
                        "width",
                        "height",
                        "sample_aspect_ratio",
                        "pix_fmt",
                        "color_range",
                        "color_space",
                        "color_transfer",
                        "color_primaries",
                        "r_frame_rate",
                        "avg_frame_rate"))
                .isEqualTo("h264," + width + "," + height + ",1:1,yuv420p,tv,bt709,bt709,bt709,30/1,30/1");
        assertThat(values(only(all, "audio"), "codec_name", "sample_rate", "channels"))
                .isEqualTo("aac,48000,2");
        assertThat(video.findValues("rotation")).isEmpty();
        List<Double> times = StreamSupport.stream(all.path("packets").spliterator(), false)
                .filter(packet -> packet.path("codec_type").asText().equals("video"))
                .map(packet -> packet.path("pts_time").asDouble())
                .sorted()
                .toList();
        assertThat(times).isNotEmpty();
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

    /** As a portable pixmap, which says how wide it is. */
    private Frame frame(List<String> seek) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
        command.addAll(seek);
        command.addAll(List.of("-i", file.toString(), "-frames:v", "1", "-f", "image2pipe", "-c:v", "ppm", "-"));
        byte[] ppm = Clips.run(command);
        String[] head = new String(ppm, 0, Math.min(ppm.length, 32), StandardCharsets.ISO_8859_1).split("\\s", 5);
        assertThat(head[0]).as("%s has a frame there", file).isEqualTo("P6");
        int length = String.join(" ", head[0], head[1], head[2], head[3], "").length();
        return new Frame(Integer.parseInt(head[1]), Arrays.copyOfRange(ppm, length, ppm.length));
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
