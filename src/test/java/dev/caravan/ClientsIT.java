package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people really use to post a video: curl, Python's requests, axios - ours, and the document's own where it lies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsIT {
    private static final Path DOCUMENTS =
            Path.of("..", "shared", "seeds").toAbsolutePath().normalize();
    private static final String LINK = "http://127\\.0\\.0\\.1:\\d+/api/stream/[0-9a-f]{24}";

    @TempDir
    static Path folder;

    private TestCaravan caravan;

    @BeforeAll
    void start() throws IOException {
        TestMedia.clip(folder, "my_video.mp4", 1);
        Files.copy(folder.resolve("my_video.mp4"), folder.resolve("video.mp4"));
        Files.writeString(folder.resolve("subtitles.srt"), "1\n00:00:00,200 --> 00:00:00,800\nHello\n");
        for (String client : List.of("post_video.sh", "post_video.py", "post_video.js", "tus_upload.js")) {
            Files.copy(Path.of("src/test/resources/clients", client), folder.resolve(client));
        }
        caravan = TestCaravan.start(Map.of("caravan.ffmpeg.preset", "ultrafast"));
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @Test
    void curl_posts_a_video() {
        assertThat(run("sh", "post_video.sh", url())).containsPattern("\"streaming_url\":\"" + LINK);
    }

    @Test
    void the_call_of_the_readme_works_word_for_word() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```sh", readme.indexOf("<!-- first call -->")) + "```sh".length();
        String call = readme.substring(start, readme.indexOf("```", start));
        assertThat(run("sh", "-c", "CARAVAN_API=" + url() + "\n" + call))
                .containsPattern("\"streaming_url\":\"" + LINK);
    }

    @Test
    void the_requests_library_posts_a_video() {
        assumeTrue(works(python(), "-c", "import requests"), "requests for Python is not installed");
        assertThat(run(python(), "post_video.py", url())).containsPattern(LINK);
    }

    @Test
    void axios_posts_a_video() {
        assumeTrue(works("node", "-e", "require('axios'); require('form-data')"), "axios for Node is not installed");
        assertThat(run("node", "post_video.js", url())).containsPattern(LINK);
    }

    @Test
    void tus_js_client_goes_on_where_it_was_cut_off() throws IOException {
        assumeTrue(works("node", "-e", "require('tus-js-client')"), "tus-js-client for Node is not installed");
        byte[] clip = Files.readAllBytes(folder.resolve("my_video.mp4"));
        byte[] file = TestMedia.padded(clip, 12_000_017);
        Files.write(folder.resolve("train.mp4"), file);
        String answer = run("node", "tus_upload.js", url() + "/api/v1/uploads/tus", "train.mp4", "3");
        assertThat(answer).contains("done ");
        Asset asset = caravan.asset(answer.strip().replaceAll("(?s).*/", ""));
        assertThat(asset.filename()).isEqualTo("train.mp4");
        byte[] stored = caravan.s3()
                .getObjectAsBytes(request -> request.bucket(asset.source().bucket())
                        .key(asset.source().key()))
                .asByteArray();
        assertThat(Arrays.equals(stored, file)).isTrue();
        caravan.awaitEnd(asset.announced().jobs().get(0));
        assertThat(caravan.asset(asset.assetId()).status()).isEqualTo(AssetStatus.READY);
    }

    @Test
    void the_examples_of_the_aggregation_service_run_as_they_stand() throws IOException {
        String document = document();
        Files.writeString(folder.resolve("their.sh"), example(document, "bash", "curl -X POST"));
        assertThat(run("sh", "their.sh")).containsPattern("\"streaming_url\":\"" + LINK);
        if (works(python(), "-c", "import requests")) {
            Files.writeString(folder.resolve("their.py"), example(document, "python", "requests.post"));
            assertThat(run(python(), "their.py")).containsPattern("Streaming URL: " + LINK);
        }
        if (works("node", "-e", "require('axios'); require('form-data')")) {
            Files.writeString(
                    folder.resolve("their.js"), example(document, "javascript", "axios.post") + "\nprocessVideo();\n");
            assertThat(run("node", "their.js")).containsPattern("Streaming URL: " + LINK);
        }
    }

    /** The text of the service that documents these examples. */
    private static String document() throws IOException {
        assumeTrue(Files.isDirectory(DOCUMENTS), "the documents are not there");
        try (Stream<Path> files = Files.list(DOCUMENTS)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                if (text.contains("/api/process-video/")) {
                    return text;
                }
            }
        }
        throw new IllegalStateException("No document tells of /api/process-video/");
    }

    private String example(String document, String language, String call) {
        Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(document);
        while (block.find()) {
            if (block.group(1).contains(call)) {
                return block.group(1).replaceAll("http://localhost:\\d+", url());
            }
        }
        throw new IllegalStateException("The document has no example in " + language);
    }

    private String url() {
        return caravan.caravan().apiUrl();
    }

    /** Debian's, which has Debian's requests. */
    private static String python() {
        return Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    }

    private static boolean works(String... command) {
        try {
            return start(command).waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String run(String... command) {
        try {
            Process process = start(command);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process start(String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().merge("NODE_PATH", "/usr/share/nodejs", (own, debians) -> own + ":" + debians);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
