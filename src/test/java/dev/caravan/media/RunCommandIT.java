package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.durable.KameletParameters;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of the operator's list, in the jail. */
class RunCommandIT {
    @TempDir
    static Path root;

    private static Kamelets kamelets;
    private static Path clip;

    @BeforeAll
    static void start() {
        kamelets = new Kamelets(root, Map.of("caravan.commands", "sh,wc,absent=/opt/absent"));
        clip = Clips.make(root.resolve("clip.mp4"), "-f lavfi -i testsrc2=s=64x64:d=0.2");
    }

    @AfterAll
    static void stop() {
        kamelets.close();
    }

    @Test
    void its_standard_output_is_a_variable() {
        Kamelets.Run run = run(Map.of("command", "wc", "arguments", "-c\n{source}", "answer", "text"));
        assertThat(run.exchange().getVariable("result", String.class))
                .startsWith(String.valueOf(clip.toFile().length()));
        Map<String, String> json = with(shell("printf '%s' \"$0\"\n{words}"), "values", "words: '{\"pages\": 3}'");
        assertThat(run(json).variable("result")).containsEntry("pages", 3);
    }

    @Test
    void it_may_write_a_file() throws IOException {
        Kamelets.Run run = run(Map.of(
                "command",
                "sh",
                "arguments",
                "-c\nprintf WEBVTT > \"$0\"\n{output}",
                "answer",
                "file",
                "format",
                "vtt"));
        assertThat(Files.readString(run.output())).isEqualTo("WEBVTT");
        assertThat(run.body().contentType()).isEqualTo("text/vtt");
    }

    @Test
    void a_value_is_an_argument_and_no_more() {
        Kamelets.Run run = run(Map.of(
                "command",
                "sh",
                "arguments",
                "-c\nprintf '%%s' \"$0\"\n{words}".replace("%%", "%"),
                "values",
                "words: \"a; rm -rf / $(id)\"",
                "answer",
                "text"));
        assertThat(run.exchange().getVariable("result", String.class)).isEqualTo("a; rm -rf / $(id)");
    }

    @Test
    void exit_codes_have_the_kind_that_the_step_says() {
        StepException failed = failure(shell("echo gone >&2; exit 3"));
        assertThat(failed.failure().code()).isEqualTo("COMMAND_FAILED");
        assertThat(failed.failure().kind()).isEqualTo(FailureKind.TRANSIENT);
        assertThat(failed.failure().message()).isEqualTo("sh ended with exit code 3: gone");
        assertThat(failed.isPermanentWhenRepeated()).isTrue();
        assertThat(failure(with(shell("exit 3"), "exitCodes", "3: skipped\n4: permanent"))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.SKIPPED);
    }

    @Test
    void it_is_ended_at_its_time_limit() {
        assertThat(failure(with(shell("sleep 30"), "timeLimit", "500ms"))
                        .failure()
                        .code())
                .isEqualTo("COMMAND_TIMEOUT");
    }

    @Test
    void only_listed_programs_are_run() {
        assertThat(failure(Map.of("command", "cat")).failure())
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("COMMAND_REFUSED"))
                .satisfies(failure -> assertThat(failure.message()).contains("[absent, sh, wc]"));
        assertThat(failure(Map.of("command", "absent")).failure().code()).isEqualTo("COMMAND_MISSING");
    }

    @Test
    void it_has_no_network_and_sees_no_other_files() {
        Map<String, String> look = shell("ls /root /home 2>/dev/null | wc -l; ls /sys/class/net 2>/dev/null | wc -l");
        assertThat(run(with(look, "answer", "text")).exchange().getVariable("result", String.class))
                .isEqualTo("0\n0");
    }

    private static Map<String, String> shell(String script) {
        return Map.of("command", "sh", "arguments", "-c\n" + script);
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(parameters);
        more.put(name, value);
        return more;
    }

    private static StepException failure(Map<String, String> parameters) {
        return catchThrowableOfType(StepException.class, () -> run(parameters));
    }

    private static Kamelets.Run run(Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + KameletParameters.encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return kamelets.start(clip).send("run-command-action?" + query);
    }
}
