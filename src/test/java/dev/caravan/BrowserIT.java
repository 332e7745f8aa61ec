package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real browser makes of it, where Chromium is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {
    private static final String PAGE =
            """
            <!DOCTYPE html>
            <video muted preload="metadata" src="%s"></video>
            <script>
              const video = document.querySelector('video');
              const tell = what => fetch('/tell', {method: 'POST', body: JSON.stringify(what)});
              const until = holds => new Promise(done => {
                const timer = setInterval(() => holds() && (clearInterval(timer), done()), 20);
              });
              video.onerror = () => tell({error: video.error.message});
              video.onloadedmetadata = async () => {
                const facts = {duration: video.duration, width: video.videoWidth, height: video.videoHeight};
                await video.play();
                await until(() => video.currentTime > 0.5);
                facts.played = video.currentTime;
                video.currentTime = 45;
                await until(() => video.currentTime > 45.5);
                facts.after = video.currentTime;
                await tell(facts);
              };
            </script>
            """;

    @TempDir
    static Path folder;

    private TestCaravan caravan;

    @BeforeAll
    void start() {
        Assumptions.assumeTrue(Chromium.isInstalled(), "chromium is installed");
        caravan = TestCaravan.start(TestCaravan.WITH_API);
    }

    @AfterAll
    void stop() {
        if (caravan != null) {
            caravan.close();
        }
    }

    @Test
    void a_video_on_a_page_of_another_site_plays_and_can_be_sought_in() throws Exception {
        Footage footage = new Footage(caravan);
        String id = footage.video(footage.put(Files.readAllBytes(minute()), "minute.mp4", "video/mp4", "minute.mp4"));
        CompletableFuture<JsonNode> told = new CompletableFuture<>();
        HttpServer site = site(PAGE.formatted(caravan.caravan().apiUrl() + "/api/stream/" + id), told);
        Process browser = new Chromium(folder)
                .stay("http://127.0.0.1:" + site.getAddress().getPort() + "/");
        try {
            JsonNode facts = told.get(60, TimeUnit.SECONDS);
            assertThat(facts.path("error").asText()).isEmpty();
            assertThat(facts.path("duration").asDouble()).isBetween(59.9, 60.1);
            assertThat(facts.path("width").asInt()).isEqualTo(640);
            assertThat(facts.path("height").asInt()).isEqualTo(360);
            assertThat(facts.path("played").asDouble()).isBetween(0.5, 5.0);
            assertThat(facts.path("after").asDouble()).isBetween(45.5, 50.0);
        } finally {
            Chromium.end(browser);
            site.stop(0);
        }
    }

    @Test
    void a_link_opened_by_itself_shows_a_player() {
        Footage footage = new Footage(caravan);
        Path clip = TestMedia.clip(folder, "clip.mp4", 1);
        String id = footage.video(footage.put(read(clip), "clip.mp4", "video/mp4", "clip.mp4"));
        Chromium.Page page = new Chromium(folder).open(caravan.caravan().apiUrl() + "/api/stream/" + id);
        assertThat(page.console()).isEmpty();
        assertThat(page.dom()).contains("<video");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/docs, listVideos",
        "/docs?document=streams, streamVideo",
        "/redoc, listVideos",
        "/redoc?document=streams, streamVideo",
    })
    void a_documentation_page_shows_its_document_and_breaks_no_rule(String path, String operation) {
        Chromium.Page page = new Chromium(folder).open(caravan.caravan().apiUrl() + path);
        assertThat(page.dom()).contains(operation).contains("aria-current=\"page\"");
        // Redoc's logo is on somebody else's server, and is left away.
        List<String> console = page.console().stream()
                .filter(line -> !line.contains("cdn.redoc.ly/redoc/logo-mini.svg"))
                .toList();
        assertThat(console).isEmpty();
    }

    private static Path minute() {
        Path file = folder.resolve("minute.mp4");
        TestMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=640x360:rate=25:duration=60",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:duration=60",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-movflags",
                "+faststart",
                file.toString()));
        return file;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer site(String page, CompletableFuture<JsonNode> told) throws IOException {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/tell", exchange -> {
            try (exchange) {
                told.complete(Json.MAPPER.readTree(exchange.getRequestBody()));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        site.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = page.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        site.start();
        return site;
    }
}
