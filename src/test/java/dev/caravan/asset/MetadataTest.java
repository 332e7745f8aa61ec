package dev.caravan.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.Refusal;
import dev.caravan.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataTest {
    /** RFC 7396, appendix A, as far as both sides are objects. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':'b'} | {'a':'c'} | {'a':'c'}",
                "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
                "{'a':'b'} | {'a':null} | {}",
                "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
                "{'a':['b']} | {'a':'c'} | {'a':'c'}",
                "{'a':'c'} | {'a':['b']} | {'a':['b']}",
                "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
                "{'e':null} | {'a':1} | {'e':null,'a':1}",
                "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
            })
    void a_patch_is_laid_over_what_was_there(String before, String patch, String after) {
        assertThat(Metadata.merged(json(before), json(patch))).isEqualTo(json(after));
    }

    @Test
    void nothing_is_kept_as_nothing() {
        assertThat(Metadata.checked(Map.of())).isNull();
        assertThat(Metadata.checked(null)).isNull();
    }

    @Test
    void what_a_record_cannot_hold_is_refused() {
        String deep = "{'a':".repeat(17) + "1" + "}".repeat(17);
        List<String> refused =
                List.of("{'a':'" + "x".repeat(33_000) + "'}", deep, "{'a':1e300}", "{'a':1e999}", "{'a':{'':1}}");
        for (String text : refused) {
            assertThatThrownBy(() -> Metadata.checked(json(text)))
                    .as(text.substring(0, 10))
                    .isInstanceOfSatisfying(
                            Refusal.class, why -> assertThat(why.code()).isEqualTo("INVALID_BODY"));
        }
        Map<String, Object> good = json("{'a':[0,-1.5e-100,{'b':true}]}");
        assertThat(Metadata.checked(good)).isEqualTo(good);
    }

    @Test
    void tags_come_once_and_in_one_form() {
        assertThat(Tags.checked(List.of(" b ", "a", "b", "e\u0301"))).containsExactly("b", "a", "\u00e9");
        assertThat(Tags.checked(List.of())).isNull();
        assertThatThrownBy(() -> Tags.checked(List.of(" "))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Tags.checked(List.of("a\u0000b"))).isInstanceOf(Refusal.class);
    }

    private static Map<String, Object> json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
