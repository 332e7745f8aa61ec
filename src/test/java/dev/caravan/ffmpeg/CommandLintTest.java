package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLintTest {

    static Stream<Path> kamelets() throws IOException {
        return Files.list(Path.of("src/main/resources/kamelets"));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void the_commands_of_every_kamelet_can_be_read(Path kamelet) throws IOException {
        assertThat(CommandLint.problems(kamelet.getFileName().toString(), Files.readString(kamelet)))
                .isEmpty();
    }

    @Test
    void names_what_is_wrong() {
        String kamelet =
                """
                spec:
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - setProperty:
                            name: ffmpeg.command
                            expression:
                              constant:
                                expression: |
                                  -i
                                  {Source}
                        - to:
                            uri: exec:bash
                """;
        assertThat(CommandLint.problems("x.kamelet.yaml", kamelet))
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("x.kamelet.yaml: Line 2 of the command"))
                .anyMatch(problem -> problem.contains("exec:bash runs something else"))
                .anyMatch(problem -> problem.contains("needs commandExecutor"));
    }
}
