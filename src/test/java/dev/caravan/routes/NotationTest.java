package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** How the files look: named after what is in them, small, and safe to open and save in Kaoto. */
class NotationTest {
    private static final int MAX_ROUTE = 80;
    private static final int MAX_TEMPLATE = 40;
    /** setProperty, name, expression, constant, expression. */
    private static final int STEP_AROUND_A_BLOCK = 5;

    private static final String WORD = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    @Test
    void every_file_has_the_ending_by_which_kaoto_knows_it() {
        assertThat(YamlFile.routes()).allMatch(file -> file.path().toString().endsWith(YamlFile.ROUTE));
        assertThat(YamlFile.kamelets()).allMatch(YamlFile::kamelet);
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#routes")
    void a_file_holds_one_flow_or_configuration(YamlFile file) {
        long flows = Stream.of("route", "rest", "routeTemplate", "templatedRoute")
                .mapToLong(kind -> file.flows(kind).size())
                .sum();
        int configurations = file.flows("routeConfiguration").size();
        assertThat(flows).isLessThanOrEqualTo(1);
        assertThat(flows == 1).as("a flow, or else configurations").isNotEqualTo(configurations > 0);
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#routes")
    void a_route_is_written_as_route_with_its_identity_first(YamlFile file) {
        assertThat(file.flows()).noneMatch(flow -> flow.containsKey("from"));
        for (Map<String, Object> route : file.flows("route")) {
            assertThat(route.keySet()).startsWith("id").endsWith("from");
            assertThat(route).containsKeys("id", "routeConfigurationId", "description");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#routes")
    void a_route_is_named_like_its_file(YamlFile file) {
        assertThat(file.name()).matches(WORD);
        assertThat(file.flows("route")).allMatch(route -> file.name().equals(route.get("id")));
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void a_kamelet_is_named_like_its_file(YamlFile file) {
        assertThat(file.at("metadata").get("name")).isEqualTo(file.name());
    }

    @Test
    void every_id_of_a_route_is_given_once() {
        assertThat(YamlFile.routes().stream()
                        .filter(file -> file.path().startsWith("src/main"))
                        .flatMap(file -> file.flows("route").stream())
                        .map(route -> route.get("id")))
                .doesNotHaveDuplicates()
                .doesNotContainNull();
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#routes")
    void steps_have_ids_that_are_words_and_are_given_once(YamlFile file) {
        List<Object> ids = file.entries().stream()
                .filter(entry -> entry.key().equals("step"))
                .map(entry -> YamlFile.map(entry.value()).get("id"))
                .toList();
        assertThat(ids).doesNotContainNull().doesNotHaveDuplicates().allMatch(id -> id.toString()
                .matches(WORD));
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#all")
    void descriptions_are_sentences(YamlFile file) {
        List<String> descriptions = file.entries().stream()
                .filter(entry -> entry.key().equals("description") && entry.value() instanceof String)
                .map(entry -> entry.value().toString().strip())
                .toList();
        assertThat(descriptions).allMatch(text -> text.matches("(?s)[\\p{Lu}0-9].*[.]"));
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#all")
    void comments_stand_in_the_header_only_where_kaoto_keeps_them(YamlFile file) {
        int content = firstLineOfContent(file);
        List<Integer> lower = new ArrayList<>();
        for (Event event : file.events()) {
            if (event instanceof CommentEvent comment && !comment.getValue().isBlank()) {
                comment.getStartMark()
                        .map(mark -> mark.getLine())
                        .filter(line -> line >= content)
                        .ifPresent(line -> lower.add(line + 1));
            }
        }
        assertThat(lower).as("lines").isEmpty();
    }

    private static int firstLineOfContent(YamlFile file) {
        List<String> lines = file.text().lines().toList();
        int line = 0;
        while (lines.get(line).isBlank() || lines.get(line).startsWith("#")) {
            line++;
        }
        return line;
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#routes")
    void a_route_file_fits_on_a_page(YamlFile file) {
        assertThat(file.text().lines().count()).isLessThan(MAX_ROUTE);
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void a_template_fits_on_a_page_apart_from_its_blocks_of_arguments(YamlFile file) {
        List<String> lines = file.text().lines().toList();
        int from = lines.indexOf("  template:");
        assertThat(from).isPositive();
        int template = lines.size() - from - 1 - linesOfBlocks(file, from);
        assertThat(template).isLessThan(MAX_TEMPLATE);
    }

    /** Lines of literal blocks below {@code from}, one FFmpeg argument each, and of the steps that hold them. */
    private static int linesOfBlocks(YamlFile file, int from) {
        int lines = 0;
        for (Event event : file.events()) {
            if (event instanceof ScalarEvent scalar
                    && scalar.getScalarStyle() == ScalarStyle.LITERAL
                    && scalar.getStartMark().orElseThrow().getLine() > from) {
                lines += STEP_AROUND_A_BLOCK + (int) scalar.getValue().lines().count();
            }
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#all")
    void options_of_endpoints_stand_in_parameters(YamlFile file) {
        assertThat(file.entries().stream()
                        .filter(entry -> entry.key().equals("uri"))
                        .map(YamlFile.Entry::value)
                        .filter(Objects::nonNull))
                .noneMatch(uri -> uri.toString().contains("?"));
    }
}
