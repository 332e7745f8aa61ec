package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.json.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on machines that are well, and on some that are not. */
class DoctorIT {
    @TempDir
    Path folder;

    private record Visit(int exit, String said, JsonNode json) {
        JsonNode line(String name) {
            return StreamSupport.stream(json.path("checks").spliterator(), false)
                    .filter(line -> line.path("name").asText().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Visit visit(Map<String, String> environment, String... options) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = Stream.concat(
                        Stream.of(
                                java.toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.caravan.cli.Main",
                                "doctor"),
                        Stream.of(options))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(options.length == 0);
        Map<String, String> all = new HashMap<>(Map.of(
                "CARAVAN_DATA", folder.toString(),
                "PORT", "0",
                "CARAVAN_HEALTH_LEAST_DISK", "1000",
                "CARAVAN_LOCAL_S3_PORT", "0",
                "CARAVAN_LOCAL_DYNAMODB_PORT", "0",
                "CARAVAN_LOCAL_SQS_PORT", "0",
                "CARAVAN_LOCAL_REDIS_PORT", "0"));
        all.putAll(environment);
        builder.environment().putAll(all);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        return new Visit(exit, said, options.length == 0 ? null : Json.MAPPER.readTree(said));
    }

    @Test
    void where_caravan_does_not_run_what_can_be_checked_is_checked() throws Exception {
        Visit visit = visit(Map.of(), "--json");
        assertThat(visit.line("caravan").path("found").asText()).isEqualTo("not running");
        assertThat(visit.line("java").path("verdict").asText()).isEqualTo("healthy");
        assertThat(visit.line("ffmpeg").path("verdict").asText()).isEqualTo("healthy");
        assertThat(visit.line("ffmpeg").at("/details/version").asText()).isNotBlank();
        assertThat(visit.line("fonts").at("/details/families").asInt()).isPositive();
        assertThat(visit.line("port s3").path("found").asText()).isEqualTo("free");
        assertThat(visit.exit()).isLessThan(2);
    }

    @Test
    void a_broken_path_is_unhealthy_and_the_advice_says_what_to_install() throws Exception {
        Visit visit = visit(Map.of("PATH", folder.toString()), "--json");
        assertThat(visit.exit()).isEqualTo(2);
        assertThat(visit.json().path("status").asText()).isEqualTo("unhealthy");
        assertThat(visit.line("ffmpeg").path("verdict").asText()).isEqualTo("unhealthy");
        assertThat(visit.line("ffmpeg").path("advice").asText()).contains("apt-get install ffmpeg");
        assertThat(visit.line("fonts").path("verdict").asText()).isEqualTo("degraded");
    }

    @Test
    void a_port_in_use_a_setting_that_does_not_exist_and_one_that_is_retired_are_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            Visit visit = visit(Map.of("PORT", port, "CARAVAN_WORKER_CONCURENCY", "3"), "--json");
            assertThat(visit.exit()).isEqualTo(2);
            assertThat(visit.line("port api").path("message").asText()).contains(port);
            assertThat(visit.line("settings").path("message").asText()).contains("CARAVAN_WORKER_CONCURRENCY");
        }
        Visit retired = visit(Map.of("CHUNK_SIZE", "1024"));
        assertThat(retired.exit()).isEqualTo(1);
        assertThat(retired.said()).contains("CHUNK_SIZE has no meaning here").contains("All in all: degraded");
    }

    @Test
    void without_stores_on_aws_it_is_unhealthy() throws Exception {
        Visit visit = visit(
                Map.of(
                        "CARAVAN_PROFILE", "aws",
                        "CARAVAN_S3_ENDPOINT", "http://127.0.0.1:1",
                        "CARAVAN_DYNAMODB_ENDPOINT", "http://127.0.0.1:1",
                        "CARAVAN_SQS_ENDPOINT", "http://127.0.0.1:1",
                        "REDIS_URL", "redis://:S3cretPw%zz@127.0.0.1:1",
                        "S3_ACCESS_KEY_ID", "a",
                        "S3_SECRET_ACCESS_KEY", "b"),
                "--json");
        assertThat(visit.exit()).isEqualTo(2);
        assertThat(visit.said()).doesNotContain("S3cretPw");
        assertThat(visit.line("settings").path("message").asText()).contains("(REDIS_URL)", "REDIS_PASSWORD");
        assertThat(visit.line("s3").path("found").asText()).isEqualTo("disconnected");
        assertThat(visit.line("provision").path("verdict").asText()).isEqualTo("unhealthy");
        assertThat(visit.line("clock").path("found").asText()).isEqualTo("unknown");
    }
}
