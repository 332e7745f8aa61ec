package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.control.RetryRequest;
import dev.caravan.durable.Mistake;
import dev.caravan.failure.StepException;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines and Kamelets in a folder of the integrator's, read at the start and while Caravan runs. */
class OwnPipelinesIT {
    @TempDir
    Path folder;

    private TestCaravan caravan;

    @AfterEach
    void stop() {
        if (caravan != null) {
            caravan.close();
        }
    }

    private void start() {
        Map<String, String> settings = new HashMap<>(TestCaravan.ENGINE_ONLY);
        settings.put("caravan.pipelines", folder.toString());
        caravan = TestCaravan.start(settings);
    }

    @Test
    void a_pipeline_in_the_folder_runs_jobs() throws IOException {
        write("own-acts.camel.yaml", pipeline("own-acts", "act-action", "solo"));
        start();
        assertThat(ended("own-acts").status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(caravan.stage.scenes()).containsExactly("solo");
    }

    @Test
    void a_file_of_the_same_id_replaces_a_shipped_pipeline_until_it_is_removed() throws IOException {
        write("one-act.camel.yaml", pipeline("one-act", "act-action", "mine"));
        start();
        ended("one-act");
        Files.delete(folder.resolve("one-act.camel.yaml"));
        soon().untilAsserted(() -> assertThat(version("one-act")).isEqualTo("one-act"));
        ended("one-act");
        assertThat(caravan.stage.scenes()).containsExactly("mine", "only");
    }

    @Test
    void a_kamelet_in_the_folder_stands_before_the_shipped_one_in_shipped_pipelines_too() throws IOException {
        write("act-action.kamelet.yaml", act("shipped {{scene}}, own Kamelet"));
        start();
        ended("one-act");
        Files.delete(folder.resolve("act-action.kamelet.yaml"));
        soon().untilAsserted(() -> assertThat(version("one-act")).isEqualTo("one-act"));
        ended("one-act");
        assertThat(caravan.stage.scenes()).containsExactly("shipped only, own Kamelet", "only");
    }

    @Test
    void a_pipeline_is_added_changed_and_removed_while_caravan_runs() throws IOException {
        start();
        write("late.camel.yaml", pipeline("late", "act-action", "first version"));
        soon().untilAsserted(() -> assertThat(names()).contains("late"));
        ended("late");
        changes("late", () -> write("late.camel.yaml", pipeline("late", "act-action", "second version")));
        ended("late");
        Files.delete(folder.resolve("late.camel.yaml"));
        soon().untilAsserted(() -> assertThat(names()).doesNotContain("late"));
        assertThat(caravan.stage.scenes()).containsExactly("first version", "second version");
    }

    @Test
    void a_running_job_ends_on_the_version_with_which_it_began() throws Exception {
        write("two.camel.yaml", pipeline("two", "own-action", "begin", "end"));
        write("own-action.kamelet.yaml", kamelet("own-action", "old {{scene}}"));
        start();
        CountDownLatch loaded = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        caravan.stage.set("old begin", (exchange, step) -> {
            begun.countDown();
            loaded.await();
        });
        String early = caravan.submit("two");
        caravan.look();
        begun.await();
        changes("two", () -> {
            write("own-action.kamelet.yaml", kamelet("own-action", "new {{scene}}"));
            write("two.camel.yaml", pipeline("two", "own-action", "begin", "middle", "end"));
        });
        ended("two");
        loaded.countDown();
        assertThat(caravan.awaitEnd(early).steps()).containsOnlyKeys("s0", "s1");
        assertThat(caravan.stage.scenes())
                .containsExactly("old begin", "new begin", "new middle", "new end", "old end");
    }

    @Test
    void a_job_that_resumes_after_a_change_keeps_the_results_of_steps_that_did_not_change() throws Exception {
        write("two.camel.yaml", pipeline("two", "act-action", "begin", "fails"));
        start();
        caravan.stage.set("fails", (exchange, step) -> {
            throw StepException.permanent("NO_LUCK", "It failed", "Change it.");
        });
        String id = caravan.submit("two");
        caravan.look();
        assertThat(caravan.awaitEnd(id).status()).isEqualTo(JobStatus.FAILED);
        changes("two", () -> write("two.camel.yaml", pipeline("two", "act-action", "begin", "works")));
        caravan.wiring().steering.retry.retry(id, RetryRequest.PLAIN);
        caravan.look();
        caravan.await(id, job -> job.status() == JobStatus.COMPLETED);
        assertThat(caravan.stage.scenes()).containsExactly("begin", "fails", "works");
    }

    @Test
    void a_file_with_a_mistake_changes_nothing_and_is_named_with_its_place() throws IOException {
        write("own-acts.camel.yaml", pipeline("own-acts", "act-action", "solo"));
        write("other.camel.yaml", pipeline("other", "act-action", "other"));
        start();
        String before = version("own-acts");
        write("own-acts.camel.yaml", pipeline("own-acts", "act-acton", "solo"));
        changes("other", () -> write("other.camel.yaml", pipeline("other", "act-action", "another")));
        soon().untilAsserted(
                        () -> assertThat(mistakes()).singleElement().satisfies(mistake -> assertThat(mistake.toString())
                                .startsWith(folder.resolve("own-acts.camel.yaml") + ":10:32: ")
                                .contains("there is no Kamelet act-acton. Did you mean act-action?")));
        assertThat(version("own-acts")).isEqualTo(before);
        ended("own-acts");
        changes("own-acts", () -> write("own-acts.camel.yaml", pipeline("own-acts", "act-action", "mended")));
        assertThat(mistakes()).isEmpty();
        ended("own-acts");
        assertThat(caravan.stage.scenes()).containsExactly("solo", "mended");
    }

    @Test
    void a_kamelet_that_breaks_a_pipeline_is_not_taken() throws IOException {
        write("two.camel.yaml", pipeline("two", "own-action", "begin"));
        write("own-action.kamelet.yaml", kamelet("own-action", "old {{scene}}"));
        start();
        String before = version("two");
        write(
                "own-action.kamelet.yaml",
                kamelet("own-action", "new").replace("scene:", "szene:").replace("- scene", "- szene"));
        soon().untilAsserted(() -> assertThat(mistakes()).isNotEmpty());
        assertThat(version("two")).isEqualTo(before);
        ended("two");
        assertThat(caravan.stage.scenes()).containsExactly("old begin");
    }

    @Test
    void a_mistake_at_the_start_ends_it() throws IOException {
        write("own-acts.camel.yaml", pipeline("own-acts", "act-acton", "solo"));
        assertThatThrownBy(this::start)
                .hasStackTraceContaining("own-acts.camel.yaml:10:32: step s0: there is no Kamelet");
    }

    @Test
    void versions_that_no_job_runs_with_are_unloaded() throws IOException {
        write("two.camel.yaml", pipeline("two", "own-action", "begin"));
        write("own-action.kamelet.yaml", kamelet("own-action", "old {{scene}}"));
        start();
        ended("two");
        long routes = caravan.routes();
        changes("two", () -> write("own-action.kamelet.yaml", kamelet("own-action", "new {{scene}}")));
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(caravan.routes())
                .isEqualTo(routes));
        ended("two");
        assertThat(caravan.stage.scenes()).containsExactly("old begin", "new begin");
    }

    private interface Change {
        void make() throws IOException;
    }

    private void changes(String pipeline, Change change) throws IOException {
        String before = version(pipeline);
        change.make();
        soon().untilAsserted(() -> assertThat(version(pipeline)).isNotEqualTo(before));
    }

    /** As soon as is promised. */
    private static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(2));
    }

    private Job ended(String pipeline) {
        String id = caravan.submit(pipeline);
        caravan.look();
        return caravan.awaitEnd(id);
    }

    private String version(String pipeline) {
        return caravan.wiring().catalog.version(pipeline).route();
    }

    private Iterable<String> names() {
        return caravan.wiring().catalog.names();
    }

    private List<Mistake> mistakes() {
        return caravan.wiring().pipelines.mistakes();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String pipeline(String id, String kamelet, String... scenes) {
        StringBuilder yaml = new StringBuilder(
                """
                - route:
                    id: %1$s
                    routeConfigurationId: durable
                    description: Of the test.
                    from:
                      uri: direct:%1$s
                      steps:
                """
                        .formatted(id));
        for (int i = 0; i < scenes.length; i++) {
            yaml.append(
                    """
                            - step:
                                id: s%d
                                steps: [{to: {uri: "kamelet:%s", parameters: {scene: %s}}}]
                    """
                            .formatted(i, kamelet, scenes[i]));
        }
        return yaml.toString();
    }

    private static String act(String scene) throws IOException {
        return Files.readString(Path.of("src/test/resources/kamelets/act-action.kamelet.yaml"))
                .replace("'{{scene}}'", "'" + scene + "'");
    }

    private static String kamelet(String name, String scene) throws IOException {
        return act(scene).replace("act-action", name);
    }
}
