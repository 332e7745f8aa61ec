package dev.caravan;

import static dev.caravan.fetch.ScriptedSite.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.UploadSite.Answer;
import dev.caravan.UploadSite.Belongings;
import dev.caravan.fetch.ScriptedSite;
import dev.caravan.job.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The field srt_url of POST /api/process-video. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubtitlesByUrlIT {
    private static final String PATH = "/api/process-video";
    private static final byte[] SRT = "1\n00:00:00,000 --> 00:00:01,000\nHello\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private UploadSite site;
    private byte[] clip;

    @BeforeAll
    void start() throws IOException {
        clip = Files.readAllBytes(TestMedia.clip(folder, "clip.mp4", 0.5));
        site = new UploadSite(Map.of("caravan.import.allow", "127.0.0.1", "caravan.subtitles.timeout", "20"));
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    void subtitles_come_from_where_the_form_says() {
        try (ScriptedSite service = new ScriptedSite((request, out) -> file(out, SRT))) {
            Answer answer = send(service.url("/a.srt?signature=secret"));
            HeadObjectResponse stored = stored(answer, "srt");
            assertThat(stored.contentType()).isEqualTo("application/x-subrip");
            assertThat(stored.contentLength()).isEqualTo(SRT.length);
            assertThat(site.get("/api/v1/jobs/" + job(answer).jobId()).toString())
                    .doesNotContain("secret");
        }
    }

    @Test
    void what_is_webvtt_is_stored_as_that_however_it_came() {
        try (ScriptedSite service = new ScriptedSite((request, out) -> file(out, VTT))) {
            assertThat(stored(send(service.url("/a.srt")), "vtt").contentType()).isEqualTo("text/vtt");
        }
        Form form = video().file("srt_file", "a.srt", null, VTT);
        assertThat(stored(send(form), "vtt").contentType()).isEqualTo("text/vtt");
    }

    @Test
    void a_service_that_is_still_making_them_is_asked_again() {
        try (ScriptedSite service = new ScriptedSite((request, out) -> {
            switch (request.number()) {
                case 1 -> head(out, "HTTP/1.1 202 Accepted", "Content-Length: 0");
                case 2 -> head(out, "HTTP/1.1 503 Later", "Content-Length: 0", "Retry-After: 0");
                default -> file(out, SRT);
            }
        })) {
            assertThat(send(service.url("/a.srt")).status()).isEqualTo(202);
            assertThat(service.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404 Not Found,                     422, URL_GONE",
        "401 Unauthorized,                  422, URL_DENIED",
        "503 Later; Retry-After: 60,      504, SUBTITLE_TIMEOUT",
        "200 OK; Content-Length: 9999999, 413, SUBTITLES_TOO_LARGE",
        "200 OK; Content-Length: 0,       400, INVALID_SUBTITLES",
        "302 Found; Location: http://10.0.0.1/a.srt, 422, URL_REFUSED",
    })
    void what_cannot_be_had_is_refused_with_the_reason_and_leaves_nothing(String head, int status, String code) {
        try (ScriptedSite service = new ScriptedSite((request, out) -> head(out, ("HTTP/1.1 " + head).split("; ")))) {
            refused(status, code, video().field("srt_url", service.url("/a.srt")));
        }
    }

    @Test
    void a_server_that_closes_every_connection_is_given_up_after_three_tries() {
        try (ScriptedSite service = new ScriptedSite((request, out) -> out.close())) {
            refused(503, "URL_UNREACHABLE", video().field("srt_url", service.url("/a.srt")));
            assertThat(service.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest/meta-data, 422, URL_REFUSED",
        "file:///etc/passwd,                      422, URL_REFUSED",
        "http://me:secret@example.com/a.srt,      422, URL_REFUSED",
        "subtitles.srt,                           422, URL_REFUSED",
        "http://exa mple/a.srt,                   400, URL_INVALID",
    })
    void no_address_of_this_network_and_no_other_scheme_is_asked(String url, int status, String code) {
        refused(status, code, video().field("srt_url", url));
    }

    @Test
    void a_url_may_be_long_and_not_longer() {
        refused(400, "URL_INVALID", video().field("srt_url", "http://127.0.0.1/" + "a".repeat(8192)));
        try (ScriptedSite service = new ScriptedSite((request, out) -> file(out, SRT))) {
            assertThat(send(service.url("/a.srt?" + "a".repeat(4000))).status()).isEqualTo(202);
        }
    }

    @Test
    void one_of_file_and_url_is_needed_and_an_empty_field_is_none() {
        refused(
                400,
                "SUBTITLES_TWICE",
                video().file("srt_file", "a.srt", null, SRT).field("srt_url", "https://subtitles.example/a.srt"));
        refused(400, "MISSING_PART", video().field("srt_url", " "));
        Form browser = video().file("srt_file", "a.srt", null, SRT).field("srt_url", "");
        assertThat(send(browser).status()).isEqualTo(202);
        try (ScriptedSite service = new ScriptedSite((request, out) -> file(out, SRT))) {
            Form other = video().file("srt_file", "", "application/octet-stream", new byte[0])
                    .field("srt_url", service.url("/a.srt"));
            assertThat(send(other).status()).isEqualTo(202);
        }
    }

    @Test
    void when_the_client_goes_away_nothing_is_waited_for() throws Exception {
        Belongings before = site.belongings();
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedSite service = new ScriptedSite((request, out) -> await(over))) {
            byte[] form = video().field("srt_url", service.url("/a.srt")).bytes();
            try (Socket client = site.connect()) {
                client.getOutputStream()
                        .write(site.head(PATH, "Content-Type: " + Form.TYPE, "Content-Length: " + form.length));
                client.getOutputStream().write(form);
                Awaitility.await().until(() -> !service.requests().isEmpty());
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> site.belongings().files(), files -> files == before.files());
            over.countDown();
        }
        site.holdsOnly(before);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void file(OutputStream out, byte[] content) throws IOException {
        head(out, "HTTP/1.1 200 OK", "Content-Length: " + content.length);
        out.write(content);
    }

    private Form video() {
        return new Form().file("video", "clip.mp4", "video/mp4", clip);
    }

    private Answer send(String url) {
        return send(video().field("srt_url", url));
    }

    private Answer send(Form form) {
        return site.post(PATH, Form.TYPE, form.bytes());
    }

    private void refused(int status, String code, Form form) {
        Belongings before = site.belongings();
        Answer answer = send(form);
        assertThat(answer.status() + " " + answer.code()).as(answer.text()).isEqualTo(status + " " + code);
        assertThat(answer.body().path("advice").asText()).isNotEmpty();
        assertThat(answer.text()).doesNotContain("secret");
        site.holdsOnly(before);
    }

    private Job job(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return site.caravan.job(answer.body().path("job_id").asText());
    }

    private HeadObjectResponse stored(Answer answer, String extension) {
        Job job = job(answer);
        String key = "media/default/%s/subtitles.%s".formatted(job.assetId(), extension);
        assertThat(job.parameters()).containsEntry("subtitles", key);
        return site.caravan.clients().s3().headObject(request -> request.bucket(
                        site.caravan.property("caravan.s3.bucket"))
                .key(key));
    }
}
