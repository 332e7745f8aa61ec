package dev.caravan.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputUrlsTest {
    private static final String U = "https://replicate.delivery/a/out.mp4";
    private static final String PNG = "data:image/png;base64,iVBORw0KGgo=";

    private static List<String> of(String output) {
        try {
            return OutputUrls.of(Json.MAPPER.readTree(
                    output.replace('\'', '"').replace("U", U).replace("PNG", PNG)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(output, e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'U'",
                "['U', 'U']",
                "{'video': {'url': 'U'}}",
                "{'caption': 'https is a protocol', 'video': 'U'}",
                "{'video': 'U', 'caption': 'U shows a cat'}",
                "' U\\n'",
                "['U#a', 'U', 'U#']",
                "[null, 1, true, 'http://', 'https:///', 'ftp://a/b.mp4', 'data:text/plain,x', 'data:', ['U']]",
                "{'file': 'U', 'web': 'https://a.example/', 'homepage': 'https://a.example/', 'logs': 'https://a.example/l'}",
                "{'file': 'U', 'urls': {'get': 'https://api.replicate.com/v1/x', 'stream': 'https://a.example/s'}}",
                "{'input': {'image': 'https://a.example/in.png'}, 'output': 'U'}",
            })
    void a_text_counts_where_all_of_it_is_one_url(String output) {
        assertThat(of(output)).hasSize(1).allMatch(url -> url.startsWith(U));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'http is plain text'",
                "'U shows a cat'",
                "'see U'",
                "'httpx://a/b'",
                "null",
                "[]",
                "{}",
                "'data:text/html,<b>'"
            })
    void other_text_names_no_file(String output) {
        assertThat(of(output)).isEmpty();
    }

    @Test
    void files_that_stand_in_their_own_url_count_too() {
        assertThat(of("['U', 'PNG', 'PNG', 'https://a b.mp4']")).containsExactly(U, PNG);
    }

    @Test
    void a_url_that_is_not_fetched_is_told_of() {
        assertThat(of("['http://me:too@127.0.0.1/a.png', 'U']")).containsExactly("http://me:too@127.0.0.1/a.png", U);
    }
}
