package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The YAML that the guides show can be copied as it is. */
class GuideTest {
    /** Blocks that begin with one of these are files as they stand; others are steps of a route. */
    private static final Set<String> FLOWS = Set.of("route", "beans");

    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private static JsonSchema ours;
    private static JsonSchema canonical;

    @BeforeAll
    static void read_the_schemas() throws IOException {
        ours = Schemas.ours();
        canonical = Schemas.canonical();
    }

    static Stream<String> blocks() throws IOException {
        return Stream.concat(
                        BLOCK.matcher(Files.readString(Path.of("docs/integrators.md")))
                                .results(),
                        BLOCK.matcher(Files.readString(Path.of("docs/steps.md")))
                                .results())
                .map(found -> found.group(1));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void a_block_is_in_canonical_notation(String block) {
        List<?> entries = (List<?>) new Load(LoadSettings.builder().build()).loadFromString(block);
        boolean flows = entries.stream()
                .anyMatch(entry -> YamlFile.map(entry).keySet().stream().anyMatch(FLOWS::contains));
        Object from = Map.of("uri", "direct:a", "steps", entries);
        Object whole = flows ? entries : List.of(Map.of("route", Map.of("from", from)));
        assertThat(ours.validate(Schemas.json(whole))).isEmpty();
        assertThat(canonical.validate(Schemas.json(whole))).isEmpty();
    }
}
