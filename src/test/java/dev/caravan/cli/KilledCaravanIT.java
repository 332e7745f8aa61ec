package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.TestMedia;
import dev.caravan.asset.AssetId;
import dev.caravan.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** {@code kill -9} of the real program in the middle of FFmpeg, and a second start. */
class KilledCaravanIT {
    @TempDir
    Path data;

    @AfterEach
    void leave_nothing_running() throws Exception {
        launch("stop");
    }

    @Test
    void after_kill_9_in_the_middle_of_ffmpeg_the_job_goes_on_at_the_step_it_was_in() throws Exception {
        Path clip = TestMedia.clip(data, "clip one.mov", 5);
        launch("run", "--detach");
        JsonNode status = Json.MAPPER.readTree(launch("status", "--json"));
        String id = put(status, clip);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> told(job(), "probe done") > 0 && ffmpegs() > 0);

        long pid = status.get("pid").asLong();
        TestMedia.run(List.of("kill", "-9", String.valueOf(pid)));
        Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> ffmpegs() == 0);

        launch("run", "--detach");
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> log().contains("standardize-video completed"));
        assertThat(told(job(), "probe done")).isEqualTo(1);
        assertThat(told(job(), "convert done")).isEqualTo(1);
        assertThat(log())
                .contains("is asset " + id)
                .containsPattern("resuming job .* at convert: probe is done")
                .doesNotContain("dead letter");
        assertThat(ffmpegs()).isZero();
    }

    /** The job that makes the standard video; the upload has others beside it. */
    private String job() throws IOException {
        Matcher started = Pattern.compile("(job [0-9a-f-]+): standardize-video of .* starts")
                .matcher(log());
        return started.find() ? started.group(1) : "no job yet";
    }

    private long told(String job, String what) throws IOException {
        return log().lines().filter(line -> line.contains(job + ": " + what)).count();
    }

    /** FFmpeg processes that work in this test's folder. */
    private long ffmpegs() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
                .filter(process -> process.info().command().orElse("").endsWith("ffmpeg"))
                .count();
    }

    private String log() throws IOException {
        Path log = data.resolve("logs/caravan.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static String put(JsonNode status, Path clip) {
        JsonNode s3 = status.get("s3");
        String bucket = s3.get("bucket").asText();
        try (S3Client client = S3Client.builder()
                .endpointOverride(URI.create(s3.get("endpoint").asText()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        s3.get("access_key").asText(), s3.get("secret_key").asText())))
                .build()) {
            String key = "uploads/" + clip.getFileName();
            client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(clip));
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(bucket).key(key));
            return AssetId.of(bucket, key, null, head.eTag().replace("\"", ""), head.lastModified());
        }
    }

    private String launch(String... arguments) throws IOException, InterruptedException {
        Path out = data.resolve("out");
        Path err = data.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("./caravan"), Stream.of(arguments))
                        .toList())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .putAll(new TreeMap<>(Map.of(
                        "CARAVAN_DATA", data.toString(),
                        "PORT", "0",
                        "CARAVAN_LOCAL_S3_PORT", "0",
                        "CARAVAN_LOCAL_DYNAMODB_PORT", "0",
                        "CARAVAN_LOCAL_SQS_PORT", "0",
                        "CARAVAN_LOCAL_REDIS_PORT", "0",
                        "CARAVAN_SHUTDOWN_GRACE", "1s",
                        "FFMPEG_PRESET", "ultrafast")));
        assertThat(builder.start().waitFor())
                .as("%s: %s", List.of(arguments), Files.readString(err))
                .isZero();
        return Files.readString(out);
    }

    /** The block of the README that a newcomer copies, word for word but for the name of the file. */
    @Test
    void the_readmes_first_upload_works_as_it_stands_there() throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws"))),
                "aws is installed");
        Path clip = TestMedia.clip(data, "clip one.mov", 0.5);
        launch("run", "--detach");
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> {
            String answer = shell(
                    log().contains("is asset")
                            ? firstUpload().replaceAll("(?m)^aws .*$", "")
                            : firstUpload().replace("clip one.mov\" \"s3", clip + "\" \"s3"));
            return answer.contains("\"status\":\"saved\"") && answer.contains("1080x1920");
        });
    }

    private static String firstUpload() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```sh", readme.indexOf("<!-- first upload -->"));
        return readme.substring(start + "```sh".length(), readme.indexOf("```", start + 3));
    }

    private String shell(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-ec", script).redirectErrorStream(true);
        builder.environment().put("CARAVAN_DATA", data.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
