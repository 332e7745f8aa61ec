package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.TestMedia;
import dev.caravan.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Workers that the launcher starts beside a running Caravan: real processes, and one of them dies. */
class JoinedWorkersIT {
    @TempDir
    Path data;

    private record Outcome(int exit, String out, String err) {}

    @AfterEach
    void leave_nothing_running() throws Exception {
        launch("stop");
    }

    @Test
    void a_worker_that_joined_does_the_work_and_another_goes_on_when_it_is_killed() throws Exception {
        Path clip = TestMedia.clip(data, "clip one.mov", 6);
        done("run", "--detach", "--roles", "api,reconciler");
        assertThat(done("run", "--detach", "--roles", "worker", "--cloud", "--name", "first"))
                .contains("Caravan's first is ready", "Probes");
        done("run", "--detach", "--roles", "worker", "--cloud=" + data, "--name=second");
        JsonNode main = status();
        assertThat(main.path("joined").findValuesAsText("name")).containsExactly("first", "second");
        assertThat(launch("run", "--cloud", "--name", "first").err()).contains("'first' runs already");

        put(main.path("s3"), clip);
        JsonNode running = Awaitility.await()
                .atMost(Duration.ofSeconds(240))
                .until(() -> job(main), job -> job.path("current_step").asText().equals("convert"));
        String killed = name(running);
        String other = killed.equals("first") ? "second" : "first";
        TestMedia.run(List.of("kill", "-9", process(main, killed).path("pid").asText()));

        JsonNode ended = Awaitility.await()
                .atMost(Duration.ofSeconds(240))
                .until(() -> job(main), job -> job.path("status").asText().equals("COMPLETED"));
        assertThat(name(ended)).isEqualTo(other);
        assertThat(Files.readString(data.resolve("logs").resolve(other + ".log")))
                .containsPattern("resuming job .* at convert: probe is done");
        assertThat(status().path("joined").findValuesAsText("name")).containsExactly(other);

        assertThat(done("stop", "--name", other)).isEqualToIgnoringNewLines("Caravan's " + other + " has ended.");
        assertThat(status().path("joined")).isEmpty();
        done("run", "--detach", "--roles", "worker", "--cloud", "--name", killed);
        long pid = process(status(), killed).path("pid").asLong();
        assertThat(done("stop")).contains("Caravan's " + killed + " has ended.", "Caravan has ended.");
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(ProcessHandle.of(main.path("pid").asLong())).isEmpty();
    }

    @Test
    void what_cannot_be_joined_is_said_in_one_sentence() throws Exception {
        assertThat(launch("run", "--detach", "--roles", "worker", "--cloud").err())
                .contains("No Caravan runs with the data folder " + data)
                .doesNotContain("\tat ");
        assertThat(launch("run", "--detach", "--cloud", "http://127.0.0.1:8000").err())
                .contains("An API tells nobody its keys", "S3_ACCESS_KEY_ID");
        assertThat(launch("run", "--detach", "--cloud", "s4=http://127.0.0.1:9000")
                        .err())
                .contains("'s4=http://127.0.0.1:9000' names no server");
        assertThat(launch("run", "--detach", "--roles", "cook").err()).contains("no role 'cook'");
        assertThat(launch("run", "--detach", "--cloud", "aws", "--name", "../worker")
                        .exit())
                .isEqualTo(2);
        assertThat(launch("stop", "--name", "nobody").exit()).isZero();
    }

    private JsonNode status() throws Exception {
        return Json.MAPPER.readTree(done("status", "--json"));
    }

    private static JsonNode process(JsonNode status, String name) {
        for (JsonNode process : status.path("joined")) {
            if (process.path("name").asText().equals(name)) {
                return process;
            }
        }
        throw new AssertionError("No " + name + " in " + status);
    }

    /** The newest job; a missing node where there is none. */
    private static JsonNode job(JsonNode main) throws Exception {
        URI jobs = URI.create(main.path("api").asText() + "/api/v1/jobs?q=clip&pipeline=standardize-video");
        String answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(jobs).build(), BodyHandlers.ofString())
                .body();
        return Json.MAPPER.readTree(answer).path("items").path(0);
    }

    private static String name(JsonNode job) {
        return job.path("worker").asText().split("/")[0];
    }

    private static void put(JsonNode s3, Path clip) {
        try (S3Client client = S3Client.builder()
                .endpointOverride(URI.create(s3.path("endpoint").asText()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        s3.path("access_key").asText(), s3.path("secret_key").asText())))
                .build()) {
            client.putObject(
                    request -> request.bucket(s3.path("bucket").asText()).key("uploads/" + clip.getFileName()),
                    RequestBody.fromFile(clip));
        }
    }

    private String done(String... arguments) throws Exception {
        Outcome outcome = launch(arguments);
        assertThat(outcome.exit())
                .as("%s: %s", List.of(arguments), outcome.err())
                .isZero();
        return outcome.out();
    }

    private Outcome launch(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./caravan"));
        command.addAll(List.of(arguments));
        Path out = data.resolve("out");
        Path err = data.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment()
                .putAll(Map.of(
                        "CARAVAN_DATA", data.toString(),
                        // An upload is standardised, and nothing else happens to it.
                        "CARAVAN_PIPELINES", "src/test/resources/routes/alone",
                        "PORT", "0",
                        "CARAVAN_LOCAL_S3_PORT", "0",
                        "CARAVAN_LOCAL_DYNAMODB_PORT", "0",
                        "CARAVAN_LOCAL_SQS_PORT", "0",
                        "CARAVAN_LOCAL_REDIS_PORT", "0",
                        "CARAVAN_WORKER_LEASE", "4s",
                        "CARAVAN_SHUTDOWN_GRACE", "1s",
                        "FFMPEG_PRESET", "veryfast"));
        int exit = builder.start().waitFor();
        return new Outcome(exit, Files.readString(out), Files.readString(err));
    }
}
