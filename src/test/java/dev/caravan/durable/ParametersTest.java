package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.Refusal;
import dev.caravan.json.Json;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job may set is checked by the Kamelet's own schema, before the job is accepted. */
class ParametersTest {
    private static CamelContext context;
    private static Parameters parameters;

    @BeforeAll
    static void read() {
        context = new DefaultCamelContext();
        parameters = new Parameters(
                "burn-subtitles",
                Map.of(
                        "font", target("burn-subtitles-action", "font"),
                        "colour", target("burn-subtitles-action", "colour"),
                        "crf", target("burn-subtitles-action", "crf"),
                        "bold", target("burn-subtitles-action", "bold"),
                        "resolution", target("burn-subtitles-action", "resolution"),
                        "language", target("embed-subtitles-action", "language"),
                        "bitrate", target("burn-subtitles-action", "audioBitrate"),
                        "width", target("standardize-video-action", "width"),
                        "time", target("extract-stills-action", "time")));
    }

    @AfterAll
    static void close() throws Exception {
        context.close();
    }

    private static Parameters.Target target(String kamelet, String property) {
        return new Parameters.Target(
                "step",
                property,
                KameletText.of(context, kamelet).property(property).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "font|\"Arial,90,&H0000FF\"|font is 'Arial,90,&H0000FF'; it must be text such as DejaVu Sans, by the pattern",
                "colour|\"red\"|colour is 'red'; it must be text such as #FFFFFF, by the pattern ^#?[0-9A-Fa-f]{6}$",
                "crf|52|crf is 52; it must be a whole number from 0 to 51",
                "crf|\"20\"|crf is '20'; it must be a whole number from 0 to 51",
                "crf|20.5|crf is 20.5; it must be a whole number from 0 to 51",
                "bold|\"yes\"|bold is 'yes'; it must be true or false",
                "resolution|\"4k\"|resolution is '4k'; it must be one of 360p, 480p, 720p, 1080p",
                "language|\"english\"|language is 'english'; it must be text such as eng, by the pattern ^[a-z]{3}$",
                "bitrate|\"1k\"|bitrate is '1k'; it must be",
                "bitrate|\"513k\"|bitrate is '513k'; it must be",
                "width|481|width is 481; it must be an even number from 16 to 4096",
                "time|-1|time is -1; it must be a number from 0 to 604800",
                "colr|1|there is no parameter colr. Did you mean colour?",
                "crf|null|crf is null; it must be a whole number from 0 to 51",
            })
    void a_value_that_is_not_allowed_is_named_with_what_is(String name, String json, String message) {
        Map<String, Object> given = Json.parse("{\"" + name + "\":" + json + "}");
        assertThatThrownBy(() -> parameters.check(given))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "font,Noto Sans",
        "colour,#00ff00",
        "colour,00FF00",
        "language,eng",
        "bitrate,512k",
        "bitrate,512000",
        "bitrate,32k",
        "bitrate,99999"
    })
    void a_value_that_is_allowed_passes(String name, String value) {
        assertThatCode(() -> parameters.check(Map.of(name, value))).doesNotThrowAnyException();
    }
}
