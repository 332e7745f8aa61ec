package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.json.Json;
import dev.caravan.work.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture that changes on the way: in every Kamelet that decodes, each part is right in shape and in time. */
class PictureChangesIT {
    /** What people do not notice. Seconds. */
    private static final double UNNOTICED = 0.040;

    @TempDir
    static Path root;

    private static final Map<String, Path> SOURCES = new HashMap<>();
    private static Kamelets kamelets;

    @BeforeAll
    static void start() throws IOException {
        kamelets = Kamelets.fast(root);
        Path uploads = Files.createDirectories(root.resolve("bucket/uploads"));
        Files.writeString(uploads.resolve("text.srt"), "1\n00:00:01,000 --> 00:00:02,000\nText\n");
    }

    @AfterAll
    static void stop() {
        kamelets.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "turned.ts 320x180 180x320",
                "upright-first.mkv 180x320 320x180",
                "grows.ts 160x90 320x180",
                "shrinks.mp4 320x180 160x90",
                "broadcast.ts 320x180@180 180x180 320x180@180",
                "interlaced.ts 320x180i 180x180 180x320i",
                "six.mkv 160x90 180x320 320x180 120x120 320x240 90x160",
            })
    void each_part_is_right_in_shape_and_in_time(String recording) {
        String[] words = recording.split(" ");
        int parts = words.length - 1;
        for (String fit : parts > 2 ? List.of("blur", "pad", "crop") : List.of("blur")) {
            Kamelets.Run standard = start(recording)
                    .send("standardize-video-action?width=216&height=384&stills=true&time=2.5&fit=" + fit);
            right(new Result(standard.output()), parts, true, fit);
            told(standard, words, parts - 1);
            still(standard, "convert", "poster", 2.5);
            still(standard, "convert", "thumbnail", 0);
        }
        Kamelets.Run compressed = start(recording).send("compress-video-action?resolution=360p&preset=ultrafast");
        right(made(compressed, "compress", "compressed-video-360p"), parts, true, "compressed");
        told(compressed, words, parts - 1);
        Kamelets.Run burned = start(recording);
        burned.step.parameters = Map.of("file", "uploads/text.srt");
        burned.send("read-subtitles-action");
        burned.step.parameters = Map.of();
        burned.send("burn-subtitles-action?resolution=360p&preset=ultrafast");
        right(new Result(burned.output()), parts, true, "burned");
        told(burned, words, parts - 1);
        Kamelets.Run preview = start(recording).send("make-preview-action?preset=ultrafast");
        right(made(preview, "preview", "preview"), Math.min(parts, 5), false, "preview");
        told(preview, words, Math.min(parts, 5) - 1);
        Kamelets.Run late = start(recording).send("extract-stills-action?time=2.5");
        still(late, "stills", "poster", 2.5);
        still(late, "stills", "thumbnail", 0);
        Kamelets.Run early = start(recording).send("extract-stills-action?time=1.5");
        still(early, "stills", "poster", 1.5);
        assertThat(start(recording).send("check-decoding-action").step.warnings).isEmpty();
    }

    @Test
    void each_part_has_the_colours_that_its_own_matrix_says() throws IOException {
        Path joined = root.resolve("matrix.ts");
        for (String matrix : List.of("smpte170m", "bt709")) {
            Path part = Clips.make(
                    root.resolve(matrix + ".ts"),
                    "-f lavfi -i color=red:s=320x180:r=30:d=1,format=rgb24 -vf scale=out_color_matrix=" + matrix
                            + ",format=yuv420p -c:v libx264 -preset ultrafast -colorspace " + matrix
                            + " -output_ts_offset " + (matrix.equals("bt709") ? 1 : 0) + " -f mpegts");
            Files.write(joined, Files.readAllBytes(part), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        Result result =
                new Result(kamelets.standardize(joined, "width=320&height=180").output());
        assertThat(result.frame(0.5).red(160, 90)).isGreaterThan(246);
        assertThat(result.frame(1.5).red(160, 90)).isGreaterThan(246);
    }

    private static Kamelets.Run start(String recording) {
        String[] words = recording.split(" ", 2);
        Path source = SOURCES.computeIfAbsent(words[0], name -> Turns.make(root, name, words[1].split(" ")));
        return kamelets.start(source).send("probe-media-action");
    }

    private static void right(Result result, int parts, boolean sound, String where) {
        for (int part = 0; part < parts; part++) {
            for (double second : List.of(0.4, 1.7)) {
                double time = part * Turns.PART + second;
                assertThat(Turns.square(result, time))
                        .as("%s at %.1f s", where, time)
                        .isCloseTo(1, within(0.08));
            }
        }
        if (sound) {
            assertThat(Turns.apart(result.file()))
                    .as("seconds between flash and beep in %s", where)
                    .hasSizeGreaterThanOrEqualTo(parts * 2 - 1)
                    .allSatisfy(apart -> assertThat(apart).isBetween(-UNNOTICED, UNNOTICED));
        }
    }

    private static void told(Kamelets.Run run, String[] words, int changes) {
        assertThat(run.step.warnings.get("PICTURE_CHANGES"))
                .as("%s", run.step.warnings)
                .startsWith("The picture changes on the way: ")
                .matches(".* from (1\\.9|2\\.0|2\\.1) s on.*")
                .matches("[^,]*(, [^,]*){" + changes + "," + (changes + 1) + "}");
    }

    private static void still(Kamelets.Run run, String variable, String type, double time) {
        Made still = madeOf(run, variable, type);
        assertThat(still.time()).as(type).isCloseTo(time, within(0.1));
        Result picture = new Result(kamelets.files.path(still.file()));
        assertThat(picture.facts("v", "stream=width,height")).isEqualTo(still.width() + "," + still.height());
        if (time > 0) {
            assertThat(Turns.square(picture.picture())).as(type).isCloseTo(1, within(0.08));
        }
    }

    private static Result made(Kamelets.Run run, String variable, String type) {
        return new Result(kamelets.files.path(madeOf(run, variable, type).file()));
    }

    private static Made madeOf(Kamelets.Run run, String variable, String type) {
        return ((List<?>) run.variable(variable).get(Made.FILES))
                .stream()
                        .map(file -> Json.MAPPER.convertValue(file, Made.class))
                        .filter(file -> file.type().equals(type))
                        .findFirst()
                        .orElseThrow();
    }
}
