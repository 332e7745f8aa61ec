package dev.caravan.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What can be said of the image without building it. */
class ImageTest {
    private static final Path DOCKERFILE = Path.of("docker/Dockerfile");

    /** The lines of the last stage, continued lines joined. */
    private static List<String> image() throws IOException {
        String text = Files.readString(DOCKERFILE).replaceAll("\\\\\\n\\s*", "");
        return text.substring(text.lastIndexOf("\nFROM ")).lines().toList();
    }

    @Test
    void it_carries_the_program_and_none_of_the_embedded_cloud() throws IOException {
        List<String> copied =
                image().stream().filter(line -> line.startsWith("COPY")).toList();
        assertThat(copied)
                .containsExactly(
                        "COPY --from=build /build/target/lib lib/", "COPY --from=build /build/target/caravan.jar ./");
    }

    /** Its licence does not allow to pass it on: docs/adr/0038. */
    @Test
    void nothing_that_is_distributed_contains_dynamodb_local() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(pom.replaceAll("\\s+", ""))
                .containsPattern(
                        "<artifactId>DynamoDBLocal</artifactId><version>[^<]*</version><scope>provided</scope>")
                .doesNotContain("maven-assembly-plugin", "maven-shade-plugin");
        assertThat(Files.readAllLines(Path.of("docker/Dockerfile.dockerignore")))
                .containsExactly("*", "!pom.xml", "!.mvn", "!src/main");
        assertThat(Files.readString(DOCKERFILE)).doesNotContain("lib-local");
    }

    @Test
    void it_runs_the_main_class_for_aws_as_nobody_in_particular() throws IOException {
        assertThat(image()).contains("USER 10001", "CMD [\"run\"]");
        assertThat(image()).anyMatch(line -> line.startsWith("ENV CARAVAN_PROFILE=aws "));
        assertThat(image())
                .anyMatch(line -> line.startsWith("ENTRYPOINT") && line.contains('"' + Main.class.getName()));
    }

    @Test
    void it_has_what_the_steps_call_and_says_whether_it_lives() throws IOException {
        assertThat(image().stream().filter(line -> line.startsWith("RUN apt-get")))
                .singleElement()
                .asString()
                .contains(
                        "openjdk-17-jre-headless", " ffmpeg ", " bubblewrap ", "fonts-dejavu", "libvips-tools", "curl");
        assertThat(image()).anyMatch(line -> line.startsWith("HEALTHCHECK") && line.contains("/livez"));
    }

    @Test
    void compose_needs_nothing_but_the_bucket() throws IOException {
        Object compose = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("docker/docker-compose.yml")));
        Map<?, ?> services = (Map<?, ?>) ((Map<?, ?>) compose).get("services");
        assertThat(services.keySet().toString()).isEqualTo("[caravan, worker]");
        assertThat(services.toString())
                .contains("AWS_S3_BUCKET=${AWS_S3_BUCKET:?")
                .contains("127.0.0.1:8000:8000");
    }

    @Test
    void compose_can_start_any_number_of_workers() throws IOException {
        Object compose = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("docker/docker-compose.yml")));
        Map<?, ?> worker = (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) compose).get("services")).get("worker");
        assertThat(worker.toString()).contains("CARAVAN_ROLES=worker").doesNotContain("ports", "container_name");
        Map<?, ?> common = (Map<?, ?>) ((Map<?, ?>) compose).get("x-caravan");
        assertThat(common.get("volumes"))
                .isEqualTo(List.of("/var/lib/caravan", "${CARAVAN_PIPELINES:-../pipelines}:/opt/caravan/pipelines:ro"));
        assertThat(common.get("stop_grace_period")).isEqualTo("60s");
    }
}
