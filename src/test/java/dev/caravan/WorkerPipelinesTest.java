package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkerPipelinesTest {
    private static final Set<String> KNOWN =
            Set.of("import-media", "import-image", "import-audio", "standardize-video", "generate-waveform");

    private static WorkerPipelines taken(String queues) {
        return WorkerPipelines.of(
                new Settings(key -> Optional.of(queues).filter(set -> key.equals("caravan.worker.pipelines"))));
    }

    @Test
    void empty_means_all_and_names_mean_these() {
        assertThat(taken("").names()).isEmpty();
        assertThat(taken("generate-waveform, standardize-video").names())
                .containsExactlyInAnyOrder("generate-waveform", "standardize-video");
        assertThatCode(() -> taken("generate-waveform").check(KNOWN)).doesNotThrowAnyException();
    }

    @Test
    void queues_of_older_systems_are_the_pipelines_that_do_their_work() {
        assertThat(taken("media_import").names())
                .containsExactlyInAnyOrder("import-media", "import-image", "import-audio");
        assertThat(taken("media_import,default").names()).as("all").isEmpty();
        assertThatCode(() -> taken("media_import,default").check(KNOWN)).doesNotThrowAnyException();
    }

    @Test
    void a_name_that_is_no_pipeline_is_refused_with_the_nearest_one() {
        assertThatThrownBy(() -> taken("generate-wavefrom,default").check(KNOWN))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("there is no pipeline generate-wavefrom. Did you mean generate-waveform?")
                .hasMessageContaining("standardize-video");
    }
}
