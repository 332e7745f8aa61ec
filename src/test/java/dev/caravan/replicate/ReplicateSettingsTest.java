package dev.caravan.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.http.ProblemException;
import dev.caravan.json.Json;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicateSettingsTest {
    private final Map<String, String> values = new HashMap<>(Map.of(
            "caravan.replicate.url", "https://api.example/v1/",
            "caravan.replicate.models", "wan=wan-video/wan-2.5-t2v",
            "caravan.replicate.timeout", "20s",
            "caravan.replicate.keep-trying", "55m"));

    private ReplicateSettings settings() {
        return ReplicateSettings.of(new Settings(key -> Optional.ofNullable(values.get(key))));
    }

    @Test
    void what_is_not_set_is_named_with_its_variable() {
        notConfigured(() -> settings().requiredSecrets(), "REPLICATE_WEBHOOK_SECRET");
        notConfigured(() -> settings().requiredToken(), "REPLICATE_API_TOKEN");
        values.put("caravan.replicate.webhook-secrets", "whsec_AAAA");
        notConfigured(() -> settings().webhook("a1"), "API_URL");
        values.put("caravan.http.url", "https://media.example/");
        assertThat(settings().webhook("a1")).isEqualTo("https://media.example/api/v1/webhooks/replicate?asset=a1");
    }

    private static void notConfigured(Runnable use, String variable) {
        assertThatThrownBy(use::run).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("NOT_CONFIGURED");
            assertThat(e.problem().status()).isEqualTo(503);
            assertThat(e.problem().advice()).contains(variable);
        });
    }

    @Test
    void a_model_is_known_by_its_short_or_its_full_name() {
        assertThat(settings().model("wan")).isEqualTo("wan-video/wan-2.5-t2v");
        assertThat(settings().model("black-forest-labs/flux-schnell")).isEqualTo("black-forest-labs/flux-schnell");
        for (String name : List.of("nobody", "a/b/c", "../b", "a/..", "a/b?c", "")) {
            assertThatThrownBy(() -> settings().model(name))
                    .as(name)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("UNKNOWN_MODEL"));
        }
        values.put("caravan.replicate.models", "wan");
        assertThatThrownBy(this::settings).isInstanceOf(InvalidSetting.class);
    }

    @Test
    void what_is_not_ours_goes_to_the_model() throws IOException {
        assertThat(input("{'prompt':'p','size':'720p','duration':'5s','owner':'ann','tags':['t'],'seed':7}"))
                .isEqualTo(Map.of("prompt", "p", "size", "1280*720", "duration", 5, "seed", 7));
        assertThat(input("{'size':'large','duration':8,'input':{'type':'loop','size':'720p'}}"))
                .isEqualTo(Map.of("size", "720p", "duration", 8, "type", "loop"));
        assertThatThrownBy(() -> input("{'owner':'ann'}")).isInstanceOf(ProblemException.class);
    }

    private static Map<String, Object> input(String text) throws IOException {
        JsonNode body = Json.MAPPER.readTree(text.replace('\'', '"'));
        return PredictionInput.of(body);
    }

    @Test
    void files_are_found_wherever_they_stand_in_the_output() throws IOException {
        assertThat(outputs("'https://a/1.mp4'")).containsExactly("https://a/1.mp4");
        assertThat(outputs("['https://a/1.png','https://a/2.png','https://a/1.png']"))
                .containsExactly("https://a/1.png", "https://a/2.png");
        assertThat(outputs("{'video':'https://a/1.mp4','seed':3,'more':['http://a/2.png']}"))
                .containsExactly("https://a/1.mp4", "http://a/2.png");
        assertThat(outputs("null")).isEmpty();
        assertThat(outputs("['Once',' upon']")).isEmpty();
    }

    private static List<String> outputs(String output) throws IOException {
        String text = "{'id':'p1','status':'succeeded','output':" + output + "}";
        return Prediction.of(Json.MAPPER.readTree(text.replace('\'', '"'))).outputs();
    }
}
