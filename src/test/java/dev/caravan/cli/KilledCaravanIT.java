package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.TestMedia;
import dev.caravan.asset.AssetId;
import dev.caravan.records.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
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
        Path clip = TestMedia.clip(data, "clip one.mov", 20);
        launch("run", "--detach");
        JsonNode status = Json.MAPPER.readTree(launch("status", "--json"));
        String id = put(status, clip);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> log().contains("probe done") && ffmpegs() > 0);

        long pid = status.get("pid").asLong();
        TestMedia.run(List.of("kill", "-9", String.valueOf(pid)));
        Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> ffmpegs() == 0);

        launch("run", "--detach");
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> log().contains("standardize-video completed"));
        assertThat(log())
                .containsOnlyOnce("probe done")
                .containsOnlyOnce("convert done")
                .contains("is asset " + id)
                .containsPattern("resuming job .* at convert: probe is done")
                .doesNotContain("dead letter");
        assertThat(ffmpegs()).isZero();
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
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("./caravan"), List.of(arguments).stream())
                        .toList())
                .redirectOutput(out.toFile())
                .redirectError(data.resolve("err").toFile());
        builder.environment()
                .putAll(new TreeMap<>(Map.of(
                        "CARAVAN_DATA", data.toString(),
                        "PORT", "0",
                        "CARAVAN_LOCAL_S3_PORT", "0",
                        "CARAVAN_LOCAL_DYNAMODB_PORT", "0",
                        "CARAVAN_LOCAL_SQS_PORT", "0",
                        "CARAVAN_LOCAL_REDIS_PORT", "0",
                        "CARAVAN_SHUTDOWN_GRACE", "1s")));
        builder.start().waitFor();
        return Files.readString(out);
    }
}
