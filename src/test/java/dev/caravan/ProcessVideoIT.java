package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.UploadSite.Answer;
import dev.caravan.UploadSite.Belongings;
import dev.caravan.asset.Asset;
import dev.caravan.job.Job;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessVideoIT {
    private static final String PATH = "/api/process-video/";
    private static final byte[] SRT = "1\n00:00:00,000 --> 00:00:01,000\nHello\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private UploadSite site;
    private byte[] clip;

    @BeforeAll
    void start() throws IOException {
        clip = Files.readAllBytes(TestMedia.clip(folder, "clip.mp4", 1));
        site = new UploadSite(Map.of());
    }

    @AfterAll
    void stop() {
        site.close();
    }

    private Form form() {
        return new Form().file("video", "clip.mp4", "video/mp4", clip).file("srt_file", "a.srt", null, SRT);
    }

    private Answer send(Form form) {
        return site.post(PATH, Form.TYPE, form.bytes());
    }

    private void refused(int status, String code, Answer answer, Belongings before) {
        assertThat(answer.status() + " " + answer.code()).as(answer.text()).isEqualTo(status + " " + code);
        assertThat(answer.body().path("advice").asText()).isNotEmpty();
        assertThat(answer.headers().get("content-type")).containsExactly("application/problem+json");
        site.holdsOnly(before);
    }

    private void refused(int status, String code, Form form) {
        Belongings before = site.belongings();
        refused(status, code, send(form), before);
    }

    @Test
    void a_video_with_subtitles_becomes_an_asset_with_a_job() throws IOException {
        Answer answer = send(form().field("resolution", "720p").field("crf_value", "28"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.body().path("status").asText()).isEqualTo("processing");
        String jobId = answer.body().path("job_id").asText();
        assertThat(answer.headers().get("location")).containsExactly("/api/v1/jobs/" + jobId);
        Asset asset = site.caravan.asset(answer.body().path("video_id").asText());
        Job job = site.caravan.job(jobId);
        String prefix = "media/default/" + asset.assetId() + "/";
        assertThat(asset.assetId()).matches("[0-9a-f]{24}");
        assertThat(asset.filename()).isEqualTo("clip.mp4");
        assertThat(asset.source().key()).isEqualTo(prefix + "source.mp4");
        assertThat(asset.source().contentType()).isEqualTo("video/mp4");
        assertThat(job.pipeline()).isEqualTo("burn-subtitles");
        assertThat(job.priority()).isEqualTo(5);
        assertThat(job.parameters())
                .isEqualTo(Map.of(
                        "resolution",
                        "720p",
                        "crf_value",
                        28L,
                        "allow_upscale",
                        false,
                        "subtitles",
                        prefix + "subtitles.srt"));
        assertThat(bytes(asset.source().key())).isEqualTo(clip);
        assertThat(bytes(prefix + "subtitles.srt")).isEqualTo(SRT);
        Awaitility.await().until(() -> site.belongings().files(), files -> files == 0);
    }

    private byte[] bytes(String key) throws IOException {
        return site.caravan
                .clients()
                .s3()
                .getObject(request -> request.bucket(site.caravan.property("caravan.s3.bucket"))
                        .key(key))
                .readAllBytes();
    }

    @Test
    void who_does_not_wait_has_normal_priority() {
        Answer answer = site.post("/api/process-video", Form.TYPE, form().bytes(), "Prefer", "respond-async");
        assertThat(site.caravan.job(answer.body().path("job_id").asText()).priority())
                .isEqualTo(10);
    }

    @Test
    void parts_that_nobody_knows_are_ignored_and_their_names_reach_nothing() {
        Form form = form().field("CamelExecCommandExecutable", "rm")
                .field("X-Caravan-Upload", "mine")
                .file("other", "x.exe", "application/x-msdownload", new byte[100]);
        Answer answer = site.post(PATH, Form.TYPE, form.bytes(), "X-Caravan-Upload", "mine");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    @Test
    void every_part_is_needed_once() {
        refused(400, "MISSING_PART", new Form().file("video", "clip.mp4", "video/mp4", clip));
        refused(400, "MISSING_PART", new Form().file("srt_file", "a.srt", null, SRT));
        refused(400, "MISSING_PART", new Form().field("video", "text").file("srt_file", "a.srt", null, SRT));
        refused(400, "REPEATED_PART", form().file("video", "b.mp4", "video/mp4", clip));
        refused(400, "REPEATED_PART", form().file("srt_file", "b.srt", null, SRT));
        refused(400, "REPEATED_PART", form().field("resolution", "360p").field("resolution", "360p"));
    }

    @Test
    void the_look_of_the_letters_and_the_mode_go_to_the_job() {
        byte[] vtt = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n".getBytes(StandardCharsets.UTF_8);
        Form styled = new Form()
                .file("video", "clip.mp4", "video/mp4", clip)
                .file("srt_file", "a.srt", "text/vtt", vtt)
                .field("font_size", "70")
                .field("bold", "false")
                .field("box_colour", "#102030")
                .field("position", "top")
                .field("loudness", "ebu-r128");
        Job burned = accepted(site.post(PATH, Form.TYPE, styled.bytes(), "Prefer", "respond-async"));
        assertThat(burned.pipeline()).isEqualTo("burn-subtitles");
        assertThat(burned.parameters())
                .containsEntry("bold", false)
                .containsEntry("box_colour", "#102030")
                .containsEntry("position", "top")
                .containsEntry("loudness", "ebu-r128")
                .containsKeys("font_size", "subtitles");
        Job soft = accepted(site.post(
                PATH,
                Form.TYPE,
                form().field("mode", "soft").field("language", "fra").bytes(),
                "Prefer",
                "respond-async"));
        assertThat(soft.pipeline()).isEqualTo("embed-subtitles");
        assertThat(soft.parameters())
                .containsOnlyKeys("crf_value", "language", "subtitles")
                .containsEntry("language", "fra");
    }

    private Job accepted(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return site.caravan.job(answer.body().path("job_id").asText());
    }

    @Test
    void options_have_few_values() {
        for (String value : List.of("361p", "4k", "", "360p; rm", "9".repeat(5000))) {
            refused(400, "INVALID_RESOLUTION", form().field("resolution", value));
        }
        for (String value : List.of("52", "-1", "1.5", "x", "", "999999999999")) {
            refused(400, "INVALID_CRF", form().field("crf_value", value));
        }
        refused(400, "INVALID_ALLOW_UPSCALE", form().field("allow_upscale", "yes"));
        refused(400, "INVALID_LOUDNESS", form().field("loudness", "loud"));
        refused(400, "INVALID_STYLE", form().field("mode", "hard"));
        refused(400, "INVALID_STYLE", form().field("language", "French"));
        refused(400, "INVALID_STYLE", form().field("font", "x,Outline=9"));
        refused(400, "INVALID_STYLE", form().field("font_size", "401"));
        refused(400, "INVALID_STYLE", form().field("colour", "reddish"));
        refused(400, "INVALID_STYLE", form().field("position", "left"));
    }

    @Test
    void what_is_no_form_is_refused() {
        Belongings before = site.belongings();
        refused(415, "UNSUPPORTED_MEDIA_TYPE", site.post(PATH, "application/json", "{}".getBytes()), before);
        refused(415, "UNSUPPORTED_MEDIA_TYPE", site.post(PATH, "video/mp4", clip), before);
        refused(415, "UNSUPPORTED_MEDIA_TYPE", site.post(PATH, null, new byte[0]), before);
        refused(400, "INVALID_BODY", site.post(PATH, "multipart/form-data", form().bytes()), before);
        refused(400, "INVALID_BODY", site.post(PATH, Form.TYPE, new byte[0]), before);
        refused(400, "INVALID_BODY", site.post(PATH, Form.TYPE, "garbage".getBytes()), before);
        refused(400, "INVALID_BODY", site.post(PATH, Form.TYPE, form().open()), before);
        byte[] whole = form().bytes();
        refused(400, "INVALID_BODY", site.post(PATH, Form.TYPE, Arrays.copyOf(whole, whole.length / 2)), before);
    }

    @Test
    void names_and_types_that_promise_no_video_are_refused() {
        for (String name : List.of("clip.exe", "clip", "clip.mp4.txt", "clip.mp4/", ".")) {
            refused(
                    415,
                    "UNSUPPORTED_EXTENSION",
                    new Form().file("video", name, "video/mp4", clip).file("srt_file", "a.srt", null, SRT));
        }
        refused(
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                new Form().file("video", "clip.mp4", "text/html", clip).file("srt_file", "a.srt", null, SRT));
        refused(415, "UNSUPPORTED_MEDIA_TYPE", new Form().file("srt_file", "a.srt", "image/png", SRT));
    }

    @Test
    void files_that_are_no_video_are_refused_with_the_code_of_the_failure() throws IOException {
        byte[] random = new byte[50_000];
        new Random(1).nextBytes(random);
        byte[] ftyp = random.clone();
        System.arraycopy(new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm'}, 0, ftyp, 0, 12);
        TestMedia.run(List.of(
                "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc", "-frames:v", "1", folder + "/picture.png"));
        TestMedia.run(List.of(
                "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", folder + "/sound.mp4"));
        notAVideo("EMPTY_FILE", new byte[0]);
        notAVideo("NOT_MEDIA", "just text\n".repeat(100).getBytes());
        notAVideo("NOT_MEDIA", random);
        notAVideo("MEDIA_UNREADABLE", ftyp);
        notAVideo("TYPE_MISMATCH", Files.readAllBytes(folder.resolve("picture.png")));
        notAVideo("PLAYLIST_REFUSED", "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n".getBytes());
        notAVideo("NO_VIDEO_STREAM", Files.readAllBytes(folder.resolve("sound.mp4")));
        byte[] scrambled = clip.clone();
        int data = new String(clip, StandardCharsets.ISO_8859_1).indexOf("mdat") + 4;
        int end = new String(clip, StandardCharsets.ISO_8859_1).lastIndexOf("moov") - 4;
        new Random(2).nextBytes(random);
        for (int i = data; i < end; i++) {
            scrambled[i] = random[i % random.length];
        }
        notAVideo("MEDIA_UNREADABLE", scrambled);
    }

    private void notAVideo(String code, byte[] content) {
        refused(
                422,
                code,
                new Form().file("video", "clip.mp4", "video/mp4", content).file("srt_file", "a.srt", null, SRT));
    }

    @Test
    void subtitles_are_neither_empty_nor_huge() {
        Form video = new Form().file("video", "clip.mp4", "video/mp4", clip);
        refused(400, "INVALID_SUBTITLES", video.file("srt_file", "a.srt", null, new byte[0]));
        refused(413, "SUBTITLES_TOO_LARGE", new Form().file("srt_file", "a.srt", null, new byte[(2 << 20) + 1]));
    }

    @Test
    void too_large_is_said_at_once_or_while_it_comes() {
        Belongings before = site.belongings();
        byte[] large = form().file("other", "x", null, new byte[7_000_000]).bytes();
        String atOnce = site.raw(
                site.head(PATH, "Content-Type: " + Form.TYPE, "Content-Length: 100000000000"), new byte[0], false);
        assertThat(atOnce).startsWith("HTTP/1.1 413").contains("UPLOAD_TOO_LARGE");
        byte[] video = new Form()
                .file("video", "clip.mp4", "video/mp4", new byte[3_000_001])
                .bytes();
        refused(413, "UPLOAD_TOO_LARGE", site.post(PATH, Form.TYPE, video), before);
        refused(413, "UPLOAD_TOO_LARGE", site.post(PATH, Form.TYPE, chunked(video)), before);
        refused(413, "UPLOAD_TOO_LARGE", site.post(PATH, Form.TYPE, chunked(large)), before);
    }

    private static HttpRequest.BodyPublisher chunked(byte[] body) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    @Test
    void a_client_that_only_writes_sees_the_413_although_it_goes_on_sending() {
        byte[] head = site.head(PATH, "Content-Type: " + Form.TYPE, "Content-Length: 30000000");
        String answer = site.raw(head, new byte[30_000_000], false);
        assertThat(answer).startsWith("HTTP/1.1 413").contains("UPLOAD_TOO_LARGE");
    }

    @Test
    void a_body_without_a_length_is_taken() {
        Answer answer = site.post(PATH, Form.TYPE, chunked(form().bytes()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    @Test
    void who_asks_first_is_told_to_go_on_or_not_to() throws IOException {
        byte[] body = form().bytes();
        try (Socket socket = site.connect()) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(site.head(
                            PATH,
                            "Content-Type: " + Form.TYPE,
                            "Content-Length: " + body.length,
                            "Connection: close",
                            "Expect: 100-continue"));
            byte[] first = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertThat(new String(first, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100");
            socket.getOutputStream().write(body);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 202");
        }
        String no = site.raw(
                site.head(PATH, "Content-Type: text/plain", "Content-Length: 9999", "Expect: 100-continue"),
                new byte[0],
                false);
        assertThat(no).startsWith("HTTP/1.1 415").doesNotContain("100 Continue");
    }

    @Test
    void names_of_clients_are_labels_and_never_paths() {
        for (Map.Entry<String, String> name : Map.of(
                        "../../x.mp4",
                        "x.mp4",
                        "-rf.mp4",
                        "-rf.mp4",
                        "a\\\"b\\\".mp4",
                        "a\"b\".mp4",
                        "a;b=c,d.mp4",
                        "a;b=c,d.mp4",
                        "\uD83C\uDFAC\u202E.mp4",
                        "\uD83C\uDFAC.mp4",
                        "C:\\x\\y.MP4",
                        "y.MP4",
                        "a".repeat(300) + ".mp4",
                        "a".repeat(251) + ".mp4")
                .entrySet()) {
            Form form = new Form().file("video", name.getKey(), null, clip).file("srt_file", "../../b", null, SRT);
            Answer answer = send(form);
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            Asset asset = site.caravan.asset(answer.body().path("video_id").asText());
            assertThat(asset.filename()).isEqualTo(name.getValue());
            assertThat(asset.source().key()).isEqualTo("media/default/" + asset.assetId() + "/source.mp4");
        }
        Form extended = new Form()
                .part("form-data; name=video; filename=x; filename*=UTF-8''na%C3%AFve%0A.mp4", null, clip)
                .file("srt_file", "b", null, SRT);
        Answer answer = send(extended);
        assertThat(site.caravan.asset(answer.body().path("video_id").asText()).filename())
                .isEqualTo("naïve.mp4");
    }

    @Test
    void twenty_at_once_are_all_taken() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(20);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(clients.submit(() -> send(form())));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(202);
            }
        } finally {
            clients.shutdown();
        }
    }

    @Test
    void a_client_that_goes_away_in_the_middle_leaves_nothing() throws IOException {
        Belongings before = site.belongings();
        try (Socket socket = site.connect()) {
            socket.getOutputStream().write(site.head(PATH, "Content-Type: " + Form.TYPE, "Content-Length: 2000000"));
            socket.getOutputStream().write(Arrays.copyOf(form().bytes(), 1000));
            Awaitility.await().until(() -> site.belongings().files() > before.files());
        }
        site.holdsOnly(before);
        assertThat(send(form()).status()).isEqualTo(202);
    }

    @Test
    void no_mutation_of_a_form_breaks_anything_or_leaves_anything() {
        byte[] whole = new Form()
                .file("video", "clip.mp4", "video/mp4", Arrays.copyOf(clip, 3000))
                .file("srt_file", "a.srt", "text/plain", SRT)
                .field("resolution", "360p")
                .bytes();
        Random random = new Random(20);
        Belongings before = site.belongings();
        for (int round = 0; round < 150; round++) {
            byte[] mutated = mutated(whole, random);
            Answer answer = site.post(PATH, Form.TYPE, mutated);
            assertThat(answer.status())
                    .as("round %d: %s", round, answer.text())
                    .matches(status -> status == 202 || status >= 400 && status < 500);
            if (answer.status() != 202) {
                assertThat(answer.code()).isNotEmpty();
            } else {
                before = new Belongings(before.assets() + 1, before.jobs() + 1, before.objects() + 2, before.files());
            }
        }
        site.holdsOnly(before);
    }

    private static byte[] mutated(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int places = 1 + random.nextInt(4);
        for (int i = 0; i < places; i++) {
            int at = random.nextBoolean() ? random.nextInt(200) : random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "\r\n-\":;= ".charAt(random.nextInt(8));
                case 2 -> {
                    int length = Math.min(random.nextInt(50), bytes.length - at);
                    byte[] shorter = new byte[bytes.length - length];
                    System.arraycopy(bytes, 0, shorter, 0, at);
                    System.arraycopy(bytes, at + length, shorter, at, shorter.length - at);
                    bytes = shorter;
                }
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(Math.min(random.nextInt(100), bytes.length - at), bytes.length - from);
                    System.arraycopy(bytes.clone(), from, bytes, at, length);
                }
            }
        }
        return bytes;
    }
}
