package dev.caravan.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The alerts that are proposed to operators. */
class AlertRulesTest {
    private static final Path FOLDER = Path.of("docker/prometheus");

    /** Debian has promtool in its package prometheus. */
    @Test
    void each_alert_fires_at_its_first_event_and_none_on_a_quiet_caravan() throws Exception {
        assumeTrue(installed("promtool"), "promtool is not installed");
        Process promtool = new ProcessBuilder("promtool", "test", "rules", "caravan.rules.test.yml")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    @Test
    void each_alert_is_tested_and_told_of_in_the_docs() throws IOException {
        String tests = Files.readString(FOLDER.resolve("caravan.rules.test.yml"));
        String docs = Files.readString(Path.of("docs/operators.md"));
        assertThat(Files.readAllLines(FOLDER.resolve("caravan.rules.yml")))
                .filteredOn(line -> line.contains("- alert: "))
                .hasSizeGreaterThan(5)
                .extracting(line -> line.replaceFirst(".*: ", ""))
                .allSatisfy(alert -> {
                    assertThat(tests).contains(alert);
                    assertThat(docs).contains("`" + alert + "`");
                });
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
