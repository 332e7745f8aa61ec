package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ffmpeg.CommandLint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mistakes that people make in files of their own: each is answered with file, line, column and what is meant. */
class LintTest {
    @TempDir
    Path folder;

    private DefaultCamelContext settings;

    @BeforeEach
    void prepare() throws IOException {
        settings = new DefaultCamelContext(false);
        settings.getPropertiesComponent().addLocation("classpath:application.properties");
        settings.build();
        write("square.camel.yaml", template("pipeline", "square"));
        write("own-action.kamelet.yaml", template("step", "own-action"));
    }

    @AfterEach
    void close() throws Exception {
        settings.close();
    }

    @Test
    void what_new_writes_passes_and_a_pipeline_that_nothing_starts_is_a_hint() throws IOException {
        Lint lint = lint();
        assertThat(lint.mistakes()).isEmpty();
        assertThat(lint.hints()).singleElement().satisfies(hint -> assertThat(hint.message())
                .startsWith("no route starts the pipeline square"));
    }

    @Test
    void a_choose_pipeline_of_ones_own_that_names_it_starts_it() throws IOException {
        write("choose-pipeline.camel.yaml", choice("square"));
        assertThat(lint().hints()).isEmpty();
        assertThat(lint().mistakes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // 1: a Kamelet's name
                "kamelet:standardize-video-action|kamelet:standardise-video-action|27:24|step convert: there is no Kamelet standardise-video-action. Did you mean standardize-video-action?",
                // 2: a parameter's name
                "height: 480|heigth: 480|30:21|step convert: standardize-video-action has no parameter heigth. Did you mean height?",
                // 3: a value's type
                "width: 480|width: wide|29:28|step convert: width is 'wide'; it must be an even number from 16 to 4096",
                // 4: a required parameter that is missing
                "                    describedBy: convert~||36:24|step publish: publish-derivatives-action needs the parameter describedBy",
                // 5: a step without id, two of one id
                "id: convert~|description: x~|23:11|a step has no id. Give it one, such as id: convert",
                "id: convert~|id: probe~|24:17|the step id probe is taken by the step in line 18",
                // 6: a Kamelet outside a step
                "        - step:~            id: probe~            steps:~              - to:~                  uri: kamelet:probe-media-action|        - to:~            uri: kamelet:probe-media-action|18:11|only steps can stand in a pipeline, but here is to",
                // 7: a setting without effect, or of no such name
                "encodingSteps: convert|encodingSteps: konvert|8:9|the setting encodingSteps names konvert",
                "priority: low|prioritiy: low|7:9|there is no setting prioritiy. Did you mean priority?",
                // 8: a word of Camel's
                "            steps:~              - to:~                  uri: kamelet:probe-media-action|            stesp:~              - to:~                  uri: kamelet:probe-media-action|20:13|stesp is unknown below step. Did you mean steps?",
                "from:|form:|15:5|form is unknown below route. Did you mean from?",
                // 9: the name that jobs ask for
                "direct:square|direct:sqare|16:12|the pipeline square listens on direct:sqare, where no job comes; it must be direct:square",
                "    routeConfigurationId: durable~||11:3|the route square is no pipeline, because it has no routeConfigurationId: durable",
                // 10: YAML itself
                "description: Any video in|description: Any video: in|14:27|mapping values are not allowed here. Put a text that holds a colon and a blank into quotes",
                "width: 480|width: \"{{caravan.import.max-siz}}\"|29:28|there is no setting caravan.import.max-siz. Did you mean caravan.import.max-size?",
            })
    void a_mistake_in_a_pipeline(String right, String wrong, String place, String message) throws IOException {
        change("square.camel.yaml", right, wrong);
        assertSaid("square.camel.yaml", place, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "name: own-action|name: other-action|7:9|the Kamelet is called other-action, but its file own-action. Give both the same name",
                "kamelet:run-ffmpeg-action|kamelet:run-ffmpg-action|31:18|there is no Kamelet run-ffmpg-action. Did you mean run-ffmpeg-action?",
                "kamelet:run-ffmpeg-action|kamelet:own-action|7:9|the Kamelet calls itself",
                "format: flac|fromat: flac|33:15|run-ffmpeg-action has no parameter fromat. Did you mean format?",
                "type: \"{{type}}\"|type: \"{{typ}}\"|35:21|there is no setting typ. Did you mean type?",
                "steps:|stesp:|29:7|stesp is unknown below from. Did you mean steps?",
            })
    void a_mistake_in_a_kamelet(String right, String wrong, String place, String message) throws IOException {
        change("own-action.kamelet.yaml", right, wrong);
        assertSaid("own-action.kamelet.yaml", place, message);
    }

    /** Else the job's untouched file would be published in place of the one that the step made. */
    @Test
    void a_file_is_published_under_its_type_once() throws IOException {
        change(
                "square.camel.yaml",
                "standardize-video-action~                  parameters:~                    width: 480~                    height: 480~                    fit: crop",
                "filter-video-action~                  parameters:~                    filter: hflip~                    type: square");
        change("square.camel.yaml", "describedBy: convert", "describedBy: made");
        assertSaid(
                "square.camel.yaml",
                "37:27",
                "step publish: an earlier step makes a file of the type square already. Leave the type out here");
    }

    @Test
    void all_mistakes_are_said_together() throws IOException {
        change("square.camel.yaml", "height: 480", "heigth: 480");
        change("square.camel.yaml", "fit: crop", "fit: corp");
        change("own-action.kamelet.yaml", "format: flac", "fromat: flac");
        assertThat(lint().mistakes()).hasSize(4);
    }

    @Test
    void an_empty_file_and_one_that_is_no_flow_are_said() throws IOException {
        write("empty.camel.yaml", "");
        write("other.camel.yaml", "- rest:\n    path: /\n");
        assertSaid("empty.camel.yaml", "1:1", "the file is empty");
        assertSaid("other.camel.yaml", "1:3", "rest cannot stand in this folder");
    }

    @Test
    void one_file_outside_the_folder_is_checked_with_the_kamelets_in_it() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("new.camel.yaml");
        Files.writeString(
                elsewhere,
                template("pipeline", "new").replace("standardize-video-action", "own-acton"),
                StandardCharsets.UTF_8);
        assertThat(lint(elsewhere).mistakes())
                .first()
                .asString()
                .startsWith(
                        elsewhere + ":27:24: step convert: there is no Kamelet own-acton. Did you mean own-action?");
    }

    private void assertSaid(String file, String place, String message) throws IOException {
        assertThat(lint().mistakes()).anyMatch(mistake -> mistake.toString()
                .startsWith(folder.resolve(file) + ":" + place + ": " + message));
    }

    private Lint lint(Path... files) throws IOException {
        return Lint.of(
                settings,
                settings.resolvePropertyPlaceholders("{{camel.main.routes-include-pattern}}"),
                new PipelineFolders(List.of(folder)),
                List.of(files),
                CommandLint::problems);
    }

    private void change(String file, String right, String wrong) throws IOException {
        String before = Files.readString(folder.resolve(file));
        String after = before.replaceFirst(
                java.util.regex.Pattern.quote(right.replace("~", "\n")),
                java.util.regex.Matcher.quoteReplacement(wrong == null ? "" : wrong.replace("~", "\n")));
        assertThat(after).isNotEqualTo(before);
        write(file, after);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static String choice(String pipeline) throws IOException {
        return Files.readString(Path.of("src/main/resources/routes/ingest/choose-pipeline.camel.yaml"))
                .replace("expression: generate-waveform", "expression: " + pipeline);
    }

    private static String template(String kind, String name) throws IOException {
        try (InputStream in = LintTest.class.getResourceAsStream("/new/" + kind + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("NAME", name);
        }
    }
}
