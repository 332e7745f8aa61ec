package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pipeline's file says of retries and rates; and what is refused there, with its line. */
class PipelineRetriesTest {
    private static final String STEP =
            """
                    - step:
                        id: %s
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
        context.getPropertiesComponent().addInitialProperty("caravan.text", "7");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void without_a_word_there_are_three_runs() throws Exception {
        load("priority: low");
        assertThat(catalog.loaded("demo").policy("first")).isEqualTo(RetryPolicy.DEFAULT);
        assertThat(catalog.maxRetries("demo")).isEqualTo(2);
        assertThat(catalog.rate("demo")).isEmpty();
    }

    @Test
    void a_step_has_its_own_policy_over_the_pipelines_over_the_settings() throws Exception {
        load(
                "retry: {delay: 1s, totalTime: 20m}",
                "retries:",
                "  to-text: {attempts: 5, delay: 10s, multiplier: 3,",
                "    maxDelay: 2m, totalTime: 30m, jitter: 0.2, retryAfter: false}");
        assertThat(catalog.loaded("demo").policy("first"))
                .isEqualTo(new RetryPolicy(
                        3, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), Duration.ofMinutes(20), 0, true));
        assertThat(catalog.loaded("demo").policy("to-text"))
                .isEqualTo(new RetryPolicy(
                        5, Duration.ofSeconds(10), 3, Duration.ofMinutes(2), Duration.ofMinutes(30), 0.2, false));
        assertThat(catalog.maxRetries("demo")).isEqualTo(4);
    }

    @Test
    void weights_of_steps_with_a_dash_count_and_placeholders_are_put_in() throws Exception {
        load("weights: {to-text: 3}", "retry: {attempts: \"{{caravan.text}}\"}");
        assertThat(catalog.version("demo").share("to-text")).isEqualTo(0.75);
        assertThat(catalog.loaded("demo").policy("first").attempts()).isEqualTo(7);
    }

    @Test
    void a_rate_is_so_many_in_so_long() throws Exception {
        load("rate: {max: 10, per: 1m}");
        assertThat(catalog.rate("demo")).isEqualTo(Optional.of(new dev.caravan.job.Rate(10, Duration.ofMinutes(1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            retry: {attempts: 1, delay: 3s}               | retry.delay would have no effect: nothing is tried again with attempts 1
            retry: {attempts: 1, retryAfter: false}       | retry.retryAfter would have no effect: nothing is tried again
            retry: {attempts: 2, multiplier: 3}           | retry.multiplier would have no effect: with attempts 2 there is one wait only
            retry: {delay: 2m, maxDelay: 2m, multiplier: 3} | retry.multiplier would have no effect: the waits begin at the maxDelay 2m
            retry: {delay: 2m}                            | retry.delay would have no effect: the delay 2m is longer than the maxDelay 1m
            retry: {maxDelay: 1s}                         | retry.maxDelay would have no effect: the delay 2s is longer than the maxDelay 1s
            retry: {maxDelay: 4s}                         | retry.maxDelay would have no effect: the longest wait is 4s
            retry: {delay: 0, jitter: 0.5}                | retry.jitter would have no effect: the delay is 0
            retry: {delay: 0, multiplier: 3}              | retry.multiplier would have no effect: the delay is 0
            retry: {jitter: 0}                            | retry.jitter would have no effect: it is 0.0 anyway
            retry: {retryAfter: true}                     | retry.retryAfter would have no effect: it is true anyway
            retry: {totalTime: 1s}                        | no second attempt would start within retry.totalTime 1s: the first wait alone is 2s
            retry: {tries: 4}                             | there is no setting retry.tries; there are attempts, delay, multiplier
            retry: {}                                     | retry says nothing; it takes attempts
            retry: {attempts: many}                       | retry.attempts = many: it must be a whole number from 1 to 100
            retry: {attempts: 0}                          | retry.attempts = 0: it must be
            retry: {delay: 2000}                          | retry.delay = 2000: it must be a duration such as 500ms, 2s or 5m
            retry: {delay: soon}                          | retry.delay = soon: it must be
            retry: {multiplier: 0.5}                      | retry.multiplier = 0.5: it must be a number from 1 to 100
            retry: {jitter: 1.5}                          | retry.jitter = 1.5: it must be a number from 0 to 1
            retry: {retryAfter: perhaps}                  | it must be true or false
            retries: {encore: {attempts: 4}}              | the setting retries names encore, but the steps are [first, to-text]
            retries: {first: {attempts: 1, delay: 3s}}    | retries.first.delay would have no effect
            rate: {max: 0, per: 1m}                       | rate must be max, a number from 1, and per
            rate: {max: 5}                                | rate must be max
            rate: {max: 5, per: 1m, burst: 3}             | there is no setting rate.burst. There are max, per
            colour: red                                   | there is no setting colour. There are encodingSteps, parameters, priority
            colour: {of: {the: sky}}                      | there is no setting colour
            weights: {first: heavy}                       | the weight of first must be a whole number from 1
            """)
    void what_is_wrong_or_without_effect_is_refused_at_its_line(String setting, String why) {
        assertThatThrownBy(() -> load("encodingSteps: first", setting))
                .hasMessageContaining("demo.camel.yaml:6, pipeline demo: ")
                .hasMessageContaining(why);
    }

    @Test
    void each_setting_has_a_line_of_its_own() {
        assertThatThrownBy(() -> load("retries:", "  first:", "    attempts: 1", "    jitter: 0.1"))
                .hasMessageContaining("demo.camel.yaml:8, pipeline demo: retries.first.jitter would have no effect");
    }

    @Test
    void a_policy_of_the_pipeline_that_each_step_overrides_is_refused() {
        assertThatThrownBy(() -> load(
                        "retry:", "  attempts: 4", "retries:", "  first: {attempts: 5}", "  to-text: {attempts: 6}"))
                .hasMessageContaining("demo.camel.yaml:6, ")
                .hasMessageContaining("retry.attempts would have no effect: each step has its own");
    }

    private void load(String... settings) throws Exception {
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
                                .formatted(String.join("\n        ", settings))
                        + STEP.formatted("first")
                        + STEP.formatted("to-text");
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("demo.camel.yaml", yaml));
        catalog.read(context, (file, text) -> List.of());
    }
}
