package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.work.InputVersions;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class StepInputsTest {
    private final DefaultCamelContext context = new DefaultCamelContext(false);

    @Test
    void the_files_that_a_step_reads_stand_with_their_versions() {
        context.getRegistry().bind(InputVersions.BEAN, (InputVersions) uri -> uri.startsWith("file:") ? "7f" : "");
        String uri = "kamelet:any?inputs=" + KameletParameters.encode("logo=file:logo.png\n music = https://a/b?c=d\n");
        assertThat(StepInputs.of(context, uri, Map.of()))
                .isEqualTo(Map.of("logo", "file:logo.png#7f", "music", "https://a/b?c=d#"));
        assertThat(StepInputs.of(context, uri, Map.of("inputs.logo", "asset:1")))
                .containsEntry("logo", "asset:1#");
    }

    @Test
    void a_step_without_further_files_is_as_before() {
        context.getRegistry().bind(InputVersions.BEAN, (InputVersions) uri -> "x");
        assertThat(StepInputs.of(context, "kamelet:any?width=640", Map.of())).isEmpty();
    }
}
