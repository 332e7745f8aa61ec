package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as a user calls it, on the program that the build has just made. */
class LauncherIT {

    @TempDir
    Path data;

    record Outcome(int exit, String out, String err) {}

    @AfterEach
    void leave_nothing_running() throws Exception {
        launch("stop");
    }

    @Test
    void help_names_every_command() throws Exception {
        assertThat(launch("--help").out())
                .contains(
                        "run [--detach]",
                        "run --roles worker --cloud WHERE",
                        "stop",
                        "status [--json]",
                        "logs [-f]",
                        "test [args]",
                        "provision");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "stop", "status", "logs", "test", "provision"})
    void each_command_has_help_of_its_own(String command) throws Exception {
        Outcome outcome = launch(command, "--help");

        assertThat(outcome.out()).contains("Usage: ", command);
        assertThat(outcome.exit()).isZero();
    }

    @Test
    void an_unknown_command_is_answered_with_a_way_on() throws Exception {
        Outcome outcome = launch("strat");

        assertThat(outcome.err()).contains("no command 'strat'").contains("--help");
        assertThat(outcome.exit()).isEqualTo(2);
    }

    @Test
    void status_says_so_when_nothing_runs() throws Exception {
        Outcome outcome = launch("status", "--json");

        assertThat(outcome.err()).isEqualToIgnoringNewLines("Caravan is not running.");
        assertThat(outcome.exit()).isEqualTo(3);
    }

    @Test
    void a_detached_caravan_is_ready_when_the_launcher_returns_and_gone_after_stop() throws Exception {
        Outcome started = launch("run", "--detach");
        assertThat(started.exit()).as(started.err()).isZero();
        assertThat(started.out()).contains("Caravan is ready", "API", "access key", data.toString());

        JsonNode status = new ObjectMapper().readTree(launch("status", "--json").out());
        assertThat(status.fieldNames())
                .toIterable()
                .containsExactly("api", "s3", "data", "log", "health", "remarks", "pid", "joined");
        assertThat(status.get("s3").fieldNames())
                .toIterable()
                .containsExactly("endpoint", "bucket", "access_key", "secret_key");
        assertThat(status.get("health").asText()).isIn("healthy", "degraded");

        assertThat(launch("stop").exit()).isZero();
        assertThat(ProcessHandle.of(status.get("pid").asLong())).isEmpty();
        assertThat(launch("status").exit()).isEqualTo(3);
        Path log = Path.of(status.get("log").asText());
        assertThat(Files.readString(log))
                .as("it tells no secret")
                .isNotEmpty()
                .doesNotContain(status.at("/s3/secret_key").asText());
    }

    @Test
    void a_port_in_use_ends_the_start_with_one_sentence() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Outcome outcome = launch(Map.of("CARAVAN_LOCAL_S3_PORT", "" + other.getLocalPort()), "run", "--detach");

            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("Port " + other.getLocalPort(), "CARAVAN_LOCAL_S3_PORT")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_data_folder_that_cannot_be_written_is_named() throws Exception {
        Path file = Files.createFile(data.resolve("file"));

        assertThat(launch(Map.of("CARAVAN_DATA", file.toString()), "run", "--detach")
                        .err())
                .contains("data folder " + file, "CARAVAN_DATA");
    }

    @Test
    void a_file_of_variables_is_read_and_the_environment_goes_before_it() throws Exception {
        Path file = data.resolve("settings.env");
        Files.writeString(
                file, "# ours\nexport CARAVAN_HEALTH_LEAST_DISK='abc'\nREDIS_PASSWORD=  # optional\nno line\n");

        Outcome read = launch(Map.of("CARAVAN_ENV_FILE", file.toString()), "doctor");
        assertThat(read.err())
                .contains(
                        "Setting caravan.health.least-disk (CARAVAN_HEALTH_LEAST_DISK) = abc: it must be a number of bytes")
                .contains("Line 4 of " + file)
                .doesNotContain("no line");
        Outcome before =
                launch(Map.of("CARAVAN_ENV_FILE", file.toString(), "CARAVAN_HEALTH_LEAST_DISK", "1000"), "doctor");
        assertThat(before.err()).doesNotContain("Setting");
    }

    @Test
    void the_version_is_told_and_a_silent_address_says_where_it_comes_from() throws Exception {
        assertThat(launch("--version").out()).startsWith("Caravan ");
        Outcome outcome = launch(Map.of("CARAVAN_API", "http://127.0.0.1:1"), "jobs", "list");
        assertThat(outcome.err()).contains("Nothing answers at http://127.0.0.1:1", "CARAVAN_API");
        assertThat(outcome.exit()).isEqualTo(3);
    }

    private Outcome launch(String... arguments) throws IOException, InterruptedException {
        return launch(Map.of(), arguments);
    }

    private Outcome launch(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./caravan"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(data.resolve("out").toFile())
                .redirectError(data.resolve("err").toFile());
        Map<String, String> all = new TreeMap<>(Map.of(
                "CARAVAN_DATA", data.toString(),
                "PORT", "0",
                "CARAVAN_LOCAL_S3_PORT", "0",
                "CARAVAN_LOCAL_DYNAMODB_PORT", "0",
                "CARAVAN_LOCAL_SQS_PORT", "0",
                "CARAVAN_LOCAL_REDIS_PORT", "0"));
        all.putAll(environment);
        builder.environment().putAll(all);
        int exit = builder.start().waitFor();
        return new Outcome(exit, read("out"), read("err"));
    }

    private String read(String file) throws IOException {
        return Files.readString(data.resolve(file), StandardCharsets.UTF_8);
    }
}
