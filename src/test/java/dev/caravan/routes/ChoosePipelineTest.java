package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.intake.PipelineChoice;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the route that chooses pipelines names, with the settings that it reads. */
class ChoosePipelineTest {

    @ParameterizedTest
    @CsvSource({
        "video, false, standardize-video, 'generate-video-thumbnail, generate-video-preview'",
        "video, true, standardize-video, generate-video-preview",
        "image, true, generate-thumbnails,",
        "audio, true, generate-waveform,",
        "application, false, ,",
    })
    void each_type_takes_its_pipelines(String type, boolean stills, String required, String optional) throws Exception {
        PipelineChoice choice = choose(type, stills);
        assertThat(String.join(", ", choice.required())).isEqualTo(required == null ? "" : required);
        assertThat(String.join(", ", choice.optional())).isEqualTo(optional == null ? "" : optional);
    }

    private static PipelineChoice choose(String type, boolean stills) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Properties settings = new Properties();
            settings.setProperty("caravan.standardize.stills", Boolean.toString(stills));
            context.getPropertiesComponent().setOverrideProperties(settings);
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(
                            context, "classpath:routes/ingest/choose-pipeline.camel.yaml"));
            context.start();
            Exchange done = context.createProducerTemplate().send("direct:choose-pipeline", exchange -> {
                exchange.setVariable(PipelineChoice.TYPE, type);
                exchange.setVariable(PipelineChoice.FILENAME, "file");
            });
            return PipelineChoice.of(name -> done.getVariable(name, String.class));
        }
    }
}
