package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mistakes that people make in pipelines: each is refused with file, line and what is there instead. */
class RouteLintTest {
    private static final String GOOD =
            """
            - route:
                id: square
                routeConfigurationId: durable
                from:
                  uri: direct:square
                  steps:
                    - step:
                        id: probe
                        steps:
                          - to:
                              uri: kamelet:probe-media-action
                    - step:
                        id: convert
                        steps:
                          - to:
                              uri: kamelet:standardize-video-action
                              parameters:
                                width: 480
                                height: 480
                                fit: crop
                    - step:
                        id: publish
                        steps:
                          - to:
                              uri: kamelet:publish-action
                              parameters:
                                type: square-video
                                describedBy: convert
            """;

    private DefaultCamelContext context;

    @BeforeEach
    void prepare() {
        context = new DefaultCamelContext(false);
        context.getPropertiesComponent().addLocation("classpath:application.properties");
        context.build();
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Test
    void what_is_right_passes() {
        assertThatCode(() -> lint(GOOD)).doesNotThrowAnyException();
    }

    @Test
    void the_example_of_the_guide_passes() throws Exception {
        String page = Files.readString(Path.of("docs/integrators.md"));
        int from = page.indexOf("```yaml\n") + "```yaml\n".length();
        String example = page.substring(from, page.indexOf("```", from));
        assertThat(example).contains("kamelet:publish-derivatives-action");
        assertThatCode(() -> lint(example)).doesNotThrowAnyException();
    }

    @Test
    void all_that_is_shipped_passes() {
        String patterns = context.resolvePropertyPlaceholders("{{camel.main.routes-include-pattern}}");
        assertThatCode(() -> RouteLint.check(context, patterns)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "standardize-video|standardise-video|16:24|step convert: there is no Kamelet standardise-video-action. Did you mean standardize-video-action?",
                "height:|heigth:|19:21|step convert: standardize-video-action has no parameter heigth. Did you mean height?",
                "width: 480|width: wide|18:28|step convert: width is 'wide'; it must be an even number from 16 to 4096",
                "width: 480|width: 481|18:28|step convert: width is 481; it must be an even number from 16 to 4096",
                "fit: crop|fit: corp|20:26|step convert: fit is 'corp'; it must be one of blur, pad, crop",
                "                    describedBy: convert~||25:24|step publish: publish-action needs the parameter describedBy",
                "describedBy: convert|describedBy: convertt|28:34|step publish: describedBy is convertt, but no step before it leaves such a variable. Did you mean convert? There are convert, probe",
                "id: convert|note: convert|12:11|a step has no id. Give it one, such as id: convert",
                "id: convert|id: probe|13:17|the step id probe is taken by the step in line 7",
                "direct:square|direct:squares|5:12|the pipeline square listens on direct:squares, where no job comes; it must be direct:square",
                "    routeConfigurationId: durable~||1:3|the route square is no pipeline, because it has no routeConfigurationId: durable",
                "width: 480|width: \"{{caravan.preview.widht}}\"|18:28|there is no setting caravan.preview.widht",
                "id: square~|id: probe~|2:9|the route id probe is taken: ",
            })
    void a_mistake_is_named_with_file_line_column_and_what_is_there(
            String right, String wrong, String place, String problem) {
        String yaml = GOOD.replace(right.replace("~", "\n"), wrong == null ? "" : wrong.replace("~", "\n"));
        assertThat(yaml).isNotEqualTo(GOOD);
        assertThat(problems(yaml))
                .anyMatch(said -> said.startsWith("src/routes/pipelines/square.camel.yaml:" + place + ": " + problem));
    }

    @Test
    void all_mistakes_are_said_together() {
        assertThat(problems(GOOD.replace("height:", "heigth:").replace("crop", "corp")))
                .hasSize(2);
    }

    @Test
    void an_endpoint_without_its_component_is_refused_with_those_that_are_there() {
        String yaml = GOOD.replace("kamelet:probe-media-action", "htp:example.org");
        assertThat(problems(yaml))
                .anyMatch(said -> said.startsWith(
                                "src/routes/pipelines/square.camel.yaml:11:24: there is no component htp on the class path")
                        && said.contains("aws2-sqs, ")
                        && said.contains("kamelet"));
    }

    @Test
    void what_is_no_yaml_is_said_with_its_place() {
        assertThat(problems(GOOD.replace("id: square", "id: square: b")).get(0))
                .startsWith("src/routes/pipelines/square.camel.yaml:2:")
                .contains("mapping values are not allowed here. Put a text that holds a colon and a blank into quotes");
    }

    @ParameterizedTest
    @CsvSource({
        "file:/somewhere/target/caravan.jar!/routes/pipelines/probe.camel.yaml, src/main/resources/routes/pipelines/probe.camel.yaml",
        "jar:file:/somewhere/target/caravan.jar!/routes/pipelines/own.camel.yaml, routes/pipelines/own.camel.yaml",
        "file:/somewhere/target/classes/kamelets/publish-action.kamelet.yaml, src/main/resources/kamelets/publish-action.kamelet.yaml",
        "classpath:routes/pipelines/probe.camel.yaml, src/main/resources/routes/pipelines/probe.camel.yaml",
        "file:/etc/caravan/own.camel.yaml, /etc/caravan/own.camel.yaml",
        "demo.camel.yaml, demo.camel.yaml",
    })
    void a_file_is_named_as_people_edit_it(String location, String name) {
        assertThat(SourceName.of(location)).isEqualTo(name);
    }

    private List<String> problems(String yaml) {
        Throwable refused = catchThrowable(() -> lint(yaml));
        assertThat(refused).isInstanceOf(RouteLint.Refused.class);
        return refused.getMessage().lines().toList();
    }

    private void lint(String yaml) throws Exception {
        Resource own = ResourceHelper.fromString("src/routes/pipelines/square.camel.yaml", yaml);
        Resource other =
                ResourceHelper.resolveMandatoryResource(context, "classpath:routes/pipelines/probe.camel.yaml");
        RouteLint.check(context, Stream.of(other, own).toList());
    }
}
