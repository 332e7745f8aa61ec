package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Derivative;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import dev.caravan.media.Clips;
import dev.caravan.media.Result;
import dev.caravan.storage.MediaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;

/** The files of docs/ten-things.md, as they are there, in a whole Caravan. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenThingsIT {
    private static final Path EXAMPLES = Path.of("docs/examples").toAbsolutePath();

    @TempDir
    static Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private TestCaravan caravan;
    private HttpServer site;
    private Path clip;
    private String queue;
    private int jobs;

    @BeforeAll
    void start() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", this::answer);
        site.start();
        String url = "http://127.0.0.1:" + site.getAddress().getPort();
        clip = Clips.make(
                folder.resolve("clip.mp4"),
                "-f lavfi -i testsrc2=s=640x360:r=25:d=4 -f lavfi -i sine=d=4 -pix_fmt yuv420p -c:a aac");
        caravan = TestCaravan.prepareOnSharedBucket();
        String name = caravan.property("caravan.name") + "-media-ready";
        caravan.change("caravan.pipelines", EXAMPLES.toString())
                .change("caravan.commands", "codes=" + codes() + ",tesseract")
                .change("caravan.call.allow", "127.0.0.1")
                .change("caravan.secret.slack", url + "/slack")
                .change("caravan.secret.speech", "s3cret")
                .change("speech.url", url + "/speech")
                .change("media.failed.url", url + "/failed")
                .change("media.ready.queue", name)
                .start();
        queue = caravan.clients()
                .sqs()
                .createQueue(request -> request.queueName(name))
                .queueUrl();
    }

    @AfterAll
    void stop() {
        caravan.close();
        site.stop(0);
    }

    @Test
    void a_logo_is_laid_over_each_frame() {
        Result.Frame frame = result("logo-overlay", Map.of(), "logo-video").frame(1);
        assertThat(frame.component(640 - 24 - 32, 24 + 32, 0)).isGreaterThan(200);
        assertThat(frame.component(640 - 24 - 32, 24 + 32, 2)).isLessThan(60);
    }

    @Test
    void a_part_of_the_video_has_the_title_that_came_with_the_job() {
        Map<String, Object> parameters =
                Map.of("from", 1, "to", 2, "title", "Live: 'Berlin', 100 % %{pts} \\ {x} [a];b");
        Result teaser = result("teaser", parameters, "teaser");
        assertThat(teaser.duration("v")).isCloseTo(1, within(0.05));
    }

    @Test
    void an_animation_runs_to_and_fro() {
        Result gif = result("boomerang", Map.of(), "boomerang");
        assertThat(gif.facts("v", "stream=codec_name,width")).isEqualTo("gif,320");
    }

    @Test
    void a_queue_is_told_of_a_ready_asset() {
        Job job = run("boomerang", clip, Map.of());
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(messages())
                .anyMatch(text -> text.contains("asset.ready") && text.contains(job.assetId())));
    }

    @Test
    void a_service_and_slack_are_told_of_failures() {
        Job job = run(
                "read-codes",
                Clips.make(folder.resolve("bad.png"), "-f lavfi -i color=red:s=9x9 -frames:v 1"),
                Map.of());
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        Awaitility.await().untilAsserted(() -> assertThat(heard)
                .anyMatch(text ->
                        text.startsWith("/failed ") && text.contains("asset.failed") && text.contains("COMMAND_FAILED"))
                .anyMatch(text -> text.startsWith("/slack ")
                        && text.contains(
                                "{\"text\": \"read-codes failed for bad.png. See /api/v1/jobs/" + job.jobId())));
    }

    @Test
    void uploads_under_another_prefix_take_another_pipeline() {
        String key = caravan.key("shorts/clip.mp4");
        caravan.s3()
                .putObject(
                        request -> request.bucket(caravan.property("caravan.s3.bucket"))
                                .key(key),
                        RequestBody.fromFile(clip));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(messages())
                .anyMatch(text -> text.contains("\"pipeline\":\"logo-overlay\"") && text.contains("logo-video")));
    }

    @Test
    void a_step_has_a_policy_of_retries_and_a_service_makes_the_transcript() {
        Job job = run("transcript", clip, Map.of("language", "de"));
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.maxRetries()).isEqualTo(5);
        assertThat(asset(job).derivatives()).extracting(Derivative::type).containsExactly("transcript");
        assertThat(heard).anyMatch(text -> text.startsWith("/speech ") && text.contains("\"language\": \"de\""));
    }

    @Test
    void a_program_of_ones_own_reads_the_picture() {
        Path picture = Clips.make(folder.resolve("good.png"), "-f lavfi -i color=blue:s=99x99 -frames:v 1");
        Job job = run("read-codes", picture, Map.of());
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps().get("codes").outputs().toString()).contains("codes=[4006381333931]");
    }

    @Test
    void a_pipeline_has_a_rate() {
        assertThat(caravan.wiring().catalog.rate("transcript"))
                .hasValueSatisfying(rate -> assertThat(rate.max()).isEqualTo(10));
        assertThat(caravan.wiring().catalog.providers()).contains("speech");
    }

    @Test
    void tesseract_reads_a_picture() throws Exception {
        boolean installed =
                new ProcessBuilder("sh", "-c", "command -v tesseract").start().waitFor() == 0;
        Assumptions.assumeTrue(installed, "Tesseract is not installed: read-text.camel.yaml is loaded and not run");
        Path page = Clips.make(
                folder.resolve("page.png"),
                "-f lavfi -i color=white:s=800x200,drawtext=text=Caravan:fontsize=96:x=40:y=40 -frames:v 1");
        assertThat(Files.readString(download("read-text", page, "text"))).contains("Caravan");
    }

    private Result result(String pipeline, Map<String, Object> parameters, String type) {
        return new Result(download(run(pipeline, clip, parameters), type));
    }

    private Path download(String pipeline, Path file, String type) {
        return download(run(pipeline, file, Map.of()), type);
    }

    private Path download(Job job, String type) {
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        MediaFile file = asset(job).derivatives().stream()
                .filter(derivative -> derivative.type().equals(type))
                .findFirst()
                .orElseThrow()
                .file();
        byte[] bytes = caravan.s3()
                .getObjectAsBytes(request -> request.bucket(file.bucket()).key(file.key()))
                .asByteArray();
        try {
            return Files.write(folder.resolve(file.key().replace('/', '_')), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Asset asset(Job job) {
        Asset asset = caravan.asset(job.assetId());
        assertThat(asset.status()).isEqualTo(AssetStatus.READY);
        return asset;
    }

    private Job run(String pipeline, Path file, Map<String, Object> parameters) {
        String bucket = caravan.property("caravan.s3.bucket");
        String key = "examples/" + file.getFileName();
        String etag = caravan.s3()
                .putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file))
                .eTag();
        MediaFile source = new MediaFile(
                bucket,
                key,
                etag.replace("\"", ""),
                file.toFile().length(),
                "video/mp4",
                file.getFileName().toString());
        String id = caravan.submit(
                pipeline, Priority.HIGH, "default", "%024x".formatted(0xABC000 + ++jobs), source, parameters);
        return Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> caravan.job(id), job -> job.status()
                .ended());
    }

    private List<String> messages() {
        caravan
                .clients()
                .sqs()
                .receiveMessage(request ->
                        request.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages()
                .stream()
                .map(Message::body)
                .forEach(heard::add);
        return heard;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        heard.add(path + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = (path.equals("/speech") ? "WEBVTT\n" : "ok").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** In place of an integrator's program: a small picture is none that it can read. */
    private static Path codes() throws IOException {
        Path program = folder.resolve("codes");
        Files.writeString(
                program,
                """
                #!/bin/sh
                test "$(wc -c < "$2")" -gt 200 || { echo "the picture is too small" >&2; exit 4; }
                echo '["4006381333931"]'
                """);
        program.toFile().setExecutable(true);
        return program;
    }
}
