package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.RecordedPrograms;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of every Kamelet, whole, for many inputs and options: {@code src/test/resources/commands} holds one file for
 * each Kamelet, and a change of any argument is a change there. Nothing runs; the programs only write down what they are
 * asked for.
 */
class CommandsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/commands");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> STEREO = sound("stereo");
    private static final List<String> MONO = sound("mono");
    private static final List<String> SURROUND = sound("5.1(side)");
    private static final List<String> DISCRETE = sound("5 channels");
    private static final List<String> UNREADABLE = List.of();

    private static final Map<String, String> SETTINGS = Map.of(
            "caravan.ffmpeg.preset", "ultrafast",
            "caravan.ffmpeg.codec", "libx264",
            "caravan.loudness.target", "-23",
            "caravan.standardize.stills", "false",
            "caravan.standardize.remux", "true",
            "caravan.ffmpeg.max-pixels", "50000000");

    @TempDir
    static Path folder;

    private static final RecordedPrograms PROGRAMS = new RecordedPrograms();
    private static final RecordedPrograms WITH_VIPS = new RecordedPrograms();
    private static Kamelets withoutVips;
    private static Kamelets withVips;

    private final Map<String, List<String>> cases = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        withoutVips = new Kamelets(folder, SETTINGS, registry -> PROGRAMS.bindTo(registry, false));
        withVips = new Kamelets(folder, SETTINGS, registry -> WITH_VIPS.bindTo(registry, true));
    }

    @AfterAll
    static void stop() {
        withoutVips.close();
        withVips.close();
    }

    @Test
    void standardize_video() throws IOException {
        for (String kind : videos().keySet()) {
            video("standardize-video-action", kind, STEREO, "");
            video("standardize-video-action", kind, STEREO, "stills=true&fit=crop&codec=libx265");
            video("standardize-video-action", kind, STEREO, "fit=pad&loudness=ebu-r128&time=0.5&crf=30&preset=fast");
        }
        for (Map.Entry<String, List<String>> heard : sounds().entrySet()) {
            video("standardize-video-action", "plain", heard.getKey(), heard.getValue(), "");
            video(
                    "standardize-video-action",
                    "plain",
                    heard.getKey(),
                    heard.getValue(),
                    "loudness=ebu-r128&loudnessTarget=-16");
        }
        video(
                "standardize-video-action",
                "plain",
                STEREO,
                "width=640&height=360&fps=25&audioBitrate=64k&stills=true"
                        + "&posterSize=200&thumbnailWidth=100&captionSize=50");
        compare("standardize-video-action");
    }

    @Test
    void compress_video() throws IOException {
        fitted(
                "compress-video-action",
                List.of("", "resolution=720p&codec=libx265&crf=30", "resolution=1080p&allowUpscale=true"));
        compare("compress-video-action");
    }

    @Test
    void burn_subtitles() throws IOException {
        fitted(
                "burn-subtitles-action",
                List.of("", "resolution=720p&codec=libx265", "loudness=ebu-r128&loudnessTarget=-23"));
        compare("burn-subtitles-action");
    }

    @Test
    void embed_subtitles() throws IOException {
        fitted("embed-subtitles-action", List.of("", "language=eng&crf=10&audioBitrate=256000"));
        compare("embed-subtitles-action");
    }

    @Test
    void extract_stills() throws IOException {
        for (String kind : videos().keySet()) {
            video("extract-stills-action", kind, STEREO, "time=0.5");
        }
        video("extract-stills-action", "long", STEREO, "time=45.5&posterSize=640&thumbnailWidth=64&quality=9");
        record("extract-stills-action", "long, no frame there", "time=45.5", run -> {
            run.programs().frameAt(-1);
            videos().get("long").on(run.job().exchange());
        });
        compare("extract-stills-action");
    }

    @Test
    void make_preview() throws IOException {
        for (String kind : videos().keySet()) {
            video("make-preview-action", kind, STEREO, "");
            video("make-preview-action", kind, STEREO, "length=3&size=200&fps=12&search=1.5&crf=33");
        }
        compare("make-preview-action");
    }

    @Test
    void extract_audio() throws IOException {
        for (Map.Entry<String, List<String>> heard : sounds().entrySet()) {
            for (String format : List.of("", "format=copy")) {
                video("extract-audio-action", "plain", heard.getKey(), heard.getValue(), format);
                video("extract-audio-action", "mp3", heard.getKey(), heard.getValue(), format);
            }
        }
        compare("extract-audio-action");
    }

    @Test
    void draw_waveform() throws IOException {
        for (Map.Entry<String, List<String>> heard : sounds().entrySet()) {
            video("draw-waveform-action", "plain", heard.getKey(), heard.getValue(), "");
            video("draw-waveform-action", "mp3", heard.getKey(), heard.getValue(), "points=100");
        }
        compare("draw-waveform-action");
    }

    @Test
    void check_decoding() throws IOException {
        video("check-decoding-action", "plain", STEREO, "");
        video("check-decoding-action", "silent", STEREO, "");
        record("check-decoding-action", "unseen", "", run -> with(videos().get("plain"), "stream", 5)
                .on(run.job().exchange()));
        compare("check-decoding-action");
    }

    @Test
    void probe_media() throws IOException {
        String headers =
                """
                {"format": {"format_name": "mov", "duration": "1.0"}, "streams": [{"index": 0, "codec_type": "video",
                "codec_name": "h264", "width": 64, "height": 64, "pix_fmt": "yuv420p", "duration": "1.0",
                "nb_frames": "%s", "avg_frame_rate": "30/1", "r_frame_rate": "30/1", "start_time": "0"}]}
                """;
        for (String kamelet : List.of("probe-media-action", "probe-file-action")) {
            record(kamelet, "clear", "", run -> run.programs().probing(headers.formatted(30)));
            record(kamelet, "doubtful", "", run -> run.programs().probing(headers.formatted(0)));
        }
        record("probe-media-action", "doubtful", "thorough=false", run -> run.programs()
                .probing(headers.formatted(0)));
        compare("probe-media-action");
    }

    @Test
    void make_thumbnails() throws IOException {
        for (boolean vips : List.of(true, false)) {
            for (int kind : List.of(BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB)) {
                for (String parameters : List.of("", "crop=attention&quality=50&thumbnail=64x64&medium=200x100")) {
                    picture(vips, kind, parameters);
                }
            }
        }
        compare("make-thumbnails-action");
    }

    private void fitted(String kamelet, List<String> parameters) throws IOException {
        for (String each : parameters) {
            for (String kind : videos().keySet()) {
                video(kamelet, kind, STEREO, each);
            }
            for (Map.Entry<String, List<String>> heard : sounds().entrySet()) {
                video(kamelet, "plain", heard.getKey(), heard.getValue(), each);
            }
        }
    }

    private void picture(boolean vips, int kind, String parameters) throws IOException {
        boolean clear = kind == BufferedImage.TYPE_INT_ARGB;
        Path picture = folder.resolve(clear ? "picture.png" : "picture.jpg");
        ImageIO.write(
                new BufferedImage(RecordedPrograms.WIDTH, RecordedPrograms.HEIGHT, kind),
                clear ? "png" : "jpg",
                picture.toFile());
        String label = "%s, %s".formatted(vips ? "vips" : "ffmpeg", picture.getFileName());
        record("make-thumbnails-action", label, parameters, run -> {}, picture, vips);
    }

    private void video(String kamelet, String kind, List<String> heard, String parameters) throws IOException {
        video(kamelet, kind, "stereo", heard, parameters);
    }

    private void video(String kamelet, String kind, String sound, List<String> heard, String parameters)
            throws IOException {
        record(kamelet, kind + ", " + sound, parameters, run -> {
            run.programs().hearing(heard);
            probeOf(kind).on(run.job().exchange());
            if (kamelet.endsWith("subtitles-action")) {
                run.job().step.parameters = Map.of("file", "uploads/subtitles.srt");
                run.job().send("read-subtitles-action");
                run.job().step.parameters = Map.of();
            }
        });
    }

    private interface Preparation {
        void of(Recording recording);
    }

    private record Recording(RecordedPrograms programs, Kamelets.Run job) {}

    private void record(String kamelet, String label, String parameters, Preparation preparation) throws IOException {
        Path source = folder.resolve("source.mp4");
        Files.write(source, new byte[] {
            0, 0, 0, 24, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 2, 0, 'i', 's', 'o', 'm', 'm', 'p', '4', '1'
        });
        record(kamelet, label, parameters, preparation, source, false);
    }

    private void record(
            String kamelet, String label, String parameters, Preparation preparation, Path source, boolean vips)
            throws IOException {
        RecordedPrograms programs = vips ? WITH_VIPS : PROGRAMS;
        Kamelets kamelets = vips ? withVips : withoutVips;
        programs.reset();
        kamelets.files.put(
                Files.writeString(folder.resolve("subtitles.srt"), "1\n00:00:00,000 --> 00:00:01,000\nHello\n"));
        Kamelets.Run job = kamelets.start(source);
        preparation.of(new Recording(programs, job));
        try {
            job.send(kamelet + (parameters.isEmpty() ? "" : "?" + parameters));
        } catch (StepException e) {
            // What the recorded programs wrote is no media.
        }
        cases.put(
                "%s: %s%s".formatted(kamelet, label, parameters.isEmpty() ? "" : ", " + parameters),
                List.copyOf(programs.commands));
    }

    /** Each command once, with a number; and for each case the numbers of those that ran. */
    private void compare(String kamelet) throws IOException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        cases.forEach((name, commands) -> {
            List<String> ran = new ArrayList<>();
            for (String command : commands) {
                numbers.putIfAbsent(command, numbers.size() + 1);
                ran.add("#" + numbers.get(command));
            }
            text.append("%s -> %s\n".formatted(name, String.join(" ", ran)));
        });
        numbers.forEach((command, number) -> text.append("\n#%d\n%s\n".formatted(number, command)));
        Path golden = GOLDEN.resolve(kamelet + ".txt");
        if ("write".equals(System.getProperty("caravan.commands"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertThat(text.toString())
                .as("written anew by: mvn -q test -Dtest=CommandsTest -Dcaravan.commands=write")
                .isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
    }

    private static Map<String, List<String>> sounds() {
        Map<String, List<String>> sounds = new TreeMap<>();
        sounds.put("mono", MONO);
        sounds.put("surround", SURROUND);
        sounds.put("discrete", DISCRETE);
        sounds.put("unreadable", UNREADABLE);
        sounds.put("stereo", STEREO);
        sounds.put("changing", List.of(STEREO.get(0), MONO.get(0).replace("pts_time:0", "pts_time:0.5")));
        sounds.put("broken", List.of(STEREO.get(0), "astats_1 Number of NaNs: 3"));
        return sounds;
    }

    private static List<String> sound(String layout) {
        int channels = layout.equals("mono") ? 1 : layout.startsWith("5.1") ? 6 : layout.startsWith("5") ? 5 : 2;
        return List.of("ashowinfo_0 n:0 pts:0 pts_time:0 fmt:fltp channels:%d chlayout:%s rate:48000 nb_samples:1024"
                .formatted(channels, layout));
    }

    private static Map<String, Probe> videos() {
        Probe plain = probe(GeometryTest.video(1920, 1080, 1, 0), 1);
        Map<String, Probe> videos = new LinkedHashMap<>();
        videos.put("plain", plain);
        videos.put("standard", probe(GeometryTest.video(1080, 1920, 1, 0), 1));
        videos.put("turned", probe(GeometryTest.video(1920, 1080, 1, 90), 1));
        videos.put(
                "interlaced",
                with(
                        with(probe(GeometryTest.video(720, 576, 16 / 15.0, 0), 1), "interlaced", true),
                        "matrix",
                        "bt601"));
        videos.put("pq", with(with(plain, "hdr", "pq"), "matrix", "bt2020"));
        videos.put("wide gamut", with(plain, "matrix", "bt2020"));
        videos.put("told", with(with(plain, "matrix_told", true), "codec", "vp9"));
        videos.put("overlong", with(plain, "overlong", true));
        videos.put(
                "small, slow",
                with(with(probe(GeometryTest.video(102, 66, 1, 0), 1), "frame_rate", 5), "codec", "hevc"));
        videos.put("fast", with(plain, "frame_rate", 60));
        videos.put("longer sound", probe(GeometryTest.video(1920, 1080, 1, 0), 3));
        videos.put("late", with(plain, "start", 0.5));
        videos.put("long", new Probe("mov", 60, 1, with(plain, "duration", 60).video(), audio(60)));
        videos.put("silent", new Probe("mov", 1, 1, plain.video(), null));
        return videos;
    }

    private static Probe probeOf(String kind) {
        return kind.equals("mp3")
                ? new Probe("mp3", 1, 1, null, new Probe.Audio(0, "mp3", 2, 44_100, 0, 0, 1))
                : videos().get(kind);
    }

    private static Probe probe(Probe.Video video, double sound) {
        return new Probe("mov", Math.max(1, sound), 1, video, audio(sound));
    }

    private static Probe.Audio audio(double seconds) {
        return new Probe.Audio(1, "aac", 2, 48_000, 0, 0, seconds);
    }

    private static Probe with(Probe probe, String name, Object value) {
        Map<String, Object> fields = JSON.convertValue(probe.video(), new TypeReference<>() {});
        fields.put(name, value);
        Probe.Video video = JSON.convertValue(fields, Probe.Video.class);
        return new Probe(probe.container(), probe.duration(), probe.size(), video, probe.audio());
    }
}
