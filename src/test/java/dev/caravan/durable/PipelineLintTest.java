package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.Refusal;
import dev.caravan.job.Priority;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pipelines that could not keep their promises do not start. */
class PipelineLintTest {
    private static final String GOOD_STEP =
            """
                    - step:
                        id: first
                        steps:
                          - to:
                              uri: kamelet:act-action
                              parameters:
                                scene: first
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Catalog catalog = new Catalog();

    @BeforeEach
    void prepare() {
        context.addModelLifecycleStrategy(new StepIds());
        context.getPropertiesComponent().addInitialProperty("camel.component.kamelet.location", "classpath:kamelets");
        context.getPropertiesComponent().addInitialProperty("caravan.text", "x");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void a_good_pipeline_is_known_with_its_steps_and_settings() throws Exception {
        load("encodingSteps: first\n        priority: high", GOOD_STEP);
        assertThat(catalog.names()).containsExactly("demo");
        assertThat(catalog.encodes("demo")).isTrue();
        assertThat(catalog.priority("demo")).isEqualTo(Priority.HIGH);
        assertThat(catalog.version("demo").share("first") == 1).isTrue();
    }

    @Test
    void progress_is_shared_by_weight() throws Exception {
        load("weights:\n          second: 3", GOOD_STEP + GOOD_STEP.replace("id: first", "id: second"));
        assertThat(catalog.version("demo").before("second")).isEqualTo(0.25);
        assertThat(catalog.version("demo").share("second")).isEqualTo(0.75);
    }

    @Test
    void what_is_no_step_is_refused_with_file_and_line() {
        assertRefused(
                "priority: low",
                "        - log:\n            message: hello\n",
                "demo.camel.yaml:10, pipeline demo: only steps may stand in a pipeline, but here is log");
    }

    @Test
    void a_step_with_two_children_or_something_else_than_a_kamelet_is_refused() {
        assertRefused(
                "priority: low",
                GOOD_STEP.replace("kamelet:act-action", "direct:somewhere"),
                "step first must have exactly one child, a Kamelet");
        assertRefused(
                "priority: low",
                GOOD_STEP + "              - to:\n                  uri: direct:more\n",
                "step first must have exactly one child, a Kamelet");
    }

    @Test
    void a_step_without_a_proper_id_is_refused() {
        assertRefused("priority: low", GOOD_STEP.replace("id: first\n", "description: x\n"), "a step has no id");
        assertRefused(
                "priority: low",
                GOOD_STEP.replace("id: first", "id: First.Step"),
                "lower-case letters, digits and dashes");
    }

    @Test
    void two_steps_of_one_name_are_refused() {
        assertRefused("priority: low", GOOD_STEP + GOOD_STEP, "two steps have the same id");
    }

    @Test
    void a_setting_without_effect_is_refused() {
        assertRefused(
                "encodingSteps: convert",
                GOOD_STEP,
                "the setting encodingSteps names convert, but the steps are [first]");
        assertRefused("weights:\n          convert: 3", GOOD_STEP, "the setting weights names convert");
        assertRefused("priority: urgent", GOOD_STEP, "priority urgent is none of high, normal, low");
    }

    @Test
    void parameters_are_properties_of_a_step_and_typed_as_these() throws Exception {
        load("parameters:\n          tempo: first.tempo\n          mood: first.mood", GOOD_STEP);
        catalog.check("demo", Map.of("tempo", 9, "mood", "grave"), "first");
        assertThat(catalog.version("demo").parameters("first", Map.of("tempo", 9)))
                .isEqualTo(Map.of("tempo", 9));
        assertThatThrownBy(() -> catalog.check("demo", Map.of("tempo", 10), null))
                .isInstanceOfSatisfying(Refusal.class, wrong -> {
                    assertThat(wrong).hasMessageContaining("tempo").hasMessageContaining("9");
                    assertThat(wrong.advice()).contains("mood (one of gay, grave), tempo (a whole number from 1 to 9)");
                });
        assertThatThrownBy(() -> catalog.check("demo", Map.of("tempo", "9"), null))
                .hasMessageContaining("tempo");
        assertThatThrownBy(() -> catalog.check("demo", Map.of("volume", 1), null))
                .hasMessageContaining("volume");
        assertThatThrownBy(() -> catalog.check("demo", Map.of(), "encore")).hasMessageContaining("no step encore");
        assertThatThrownBy(() -> catalog.check("opera", Map.of(), null)).hasMessageContaining("no pipeline opera");
    }

    @Test
    void a_parameter_that_nothing_takes_is_refused() {
        assertRefused(
                "parameters:\n          tempo: encore.tempo",
                GOOD_STEP,
                "the parameter tempo is encore.tempo, but there is no step encore");
        assertRefused(
                "parameters:\n          volume: first.volume", GOOD_STEP, "Kamelet act-action has no property volume");
    }

    @Test
    void a_job_may_not_set_what_may_be_any_text() {
        assertRefused(
                "parameters:\n          filter: first.filter",
                GOOD_STEP
                        .replace("kamelet:act-action", "kamelet:filter-video-action")
                        .replace("scene: first", "filter: hflip"),
                "the parameter filter is first.filter, which may be any text");
    }

    @Test
    void a_kamelet_that_leaves_the_thread_is_refused() {
        assertRefused(
                "priority: low",
                GOOD_STEP.replace("act-action", "split-action"),
                "Kamelet split-action uses split, which would run outside the step's retry and checkpoint");
    }

    @Test
    void a_kamelet_that_does_not_exist_is_named() {
        assertThatThrownBy(() -> load("priority: low", GOOD_STEP.replace("act-action", "gone-action")))
                .hasMessageContaining("There is no Kamelet gone-action");
    }

    private void assertRefused(String settings, String steps, String why) {
        assertThatThrownBy(() -> load(settings, steps)).hasStackTraceContaining(why);
    }

    private void load(String settings, String steps) throws Exception {
        String yaml =
                """
                - beans:
                    - name: demo
                      type: dev.caravan.durable.PipelineSettings
                      properties:
                        %s
                - route:
                    id: demo
                    routeConfigurationId: durable
                    from:
                      uri: direct:demo
                      steps:
                """
                                .formatted(settings)
                        + steps;
        context.getRegistry().unbind("demo");
        context.removeRouteDefinitions(List.copyOf(context.getRouteDefinitions()));
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("demo.camel.yaml", yaml));
        catalog.read(context, (file, text) -> List.of());
    }
}
