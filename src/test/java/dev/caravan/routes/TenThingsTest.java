package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The page docs/ten-things.md and its files say the same, and the files are in canonical notation. */
class TenThingsTest {
    private static final Path EXAMPLES = Path.of("docs/examples");
    private static final Pattern FILE = Pattern.compile("\\(examples/([a-z/-]+\\.camel\\.yaml)\\)");
    private static final Pattern LINK_OR_BLOCK =
            Pattern.compile(FILE.pattern() + "|```yaml\\n(.*?)```", Pattern.DOTALL);

    private static JsonSchema ours;
    private static JsonSchema canonical;

    @BeforeAll
    static void read_the_schemas() throws IOException {
        ours = Schemas.ours();
        canonical = Schemas.canonical();
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/ten-things.md"));
    }

    @Test
    void each_file_is_named_on_the_page() throws IOException {
        List<String> named =
                FILE.matcher(page()).results().map(found -> found.group(1)).toList();
        assertThat(named)
                .containsAll(files().stream()
                        .map(file -> EXAMPLES.relativize(file).toString())
                        .toList());
    }

    @Test
    void what_the_page_shows_is_a_part_of_the_file_that_it_names() throws IOException {
        List<String> missing = new ArrayList<>();
        Matcher found = LINK_OR_BLOCK.matcher(page());
        String file = "";
        while (found.find()) {
            if (found.group(1) != null) {
                file = found.group(1);
            } else if (!flat(Files.readString(EXAMPLES.resolve(file))).contains(flat(found.group(2)))) {
                missing.add(file + ": " + found.group(2));
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String flat(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_is_in_canonical_notation_and_has_at_most_fifty_five_lines(Path file) throws IOException {
        String text = Files.readString(file);
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(text);
        assertThat(ours.validate(Schemas.json(tree))).isEmpty();
        assertThat(canonical.validate(Schemas.json(tree))).isEmpty();
        assertThat(text.lines().count()).isLessThanOrEqualTo(55);
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_loads_and_its_components_are_there(Path file) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext(false)) {
            context.getPropertiesComponent().addLocation("classpath:application.properties");
            context.build();
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file));
            Matcher scheme = Pattern.compile("uri: \"?([a-z0-9-]+):").matcher(Files.readString(file));
            while (scheme.find()) {
                assertThat(context.getComponent(scheme.group(1)))
                        .as(scheme.group(1))
                        .isNotNull();
            }
        }
    }

    @Test
    void the_shipped_pipelines_without_java_have_at_most_forty_five_lines() throws IOException {
        for (String name : List.of("watermark", "clip", "animated-preview", "audio-copy")) {
            Path file = Path.of("src/main/resources/routes/pipelines/" + name + ".camel.yaml");
            assertThat(Files.readString(file).lines().count()).as(name).isLessThanOrEqualTo(45);
        }
    }
}
