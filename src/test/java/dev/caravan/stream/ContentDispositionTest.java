package dev.caravan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDispositionTest {
    private static final String SHAPE = "inline; filename=\"[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]{1,150}\""
            + "(; filename\\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)?";

    @ParameterizedTest(name = "the name {0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "clip one.mp4     ; clip one.mp4",
                "clip \"one\".mp4 ; clip _one_.mp4",
                "../../etc/passwd ; __.._etc_passwd",
                "a\\b:c.mp4       ; a_b_c.mp4",
                ".htaccess        ; _htaccess",
                "...              ; _",
                "' '              ; video",
                "''               ; video",
            })
    void a_plain_name_stands_there_once(String name, String expected) {
        assertThat(ContentDisposition.inline(name)).isEqualTo("inline; filename=\"" + expected + "\"");
    }

    @Test
    void a_name_in_another_script_stands_there_twice() {
        assertThat(ContentDisposition.inline("Übung 😀 100%.mp4"))
                .isEqualTo(
                        "inline; filename=\"_bung _ 100_.mp4\"; filename*=UTF-8''%C3%9Cbung%20%F0%9F%98%80%20100%25.mp4");
    }

    @Test
    void lines_and_turned_text_are_taken_out() {
        assertThat(ContentDisposition.inline("a\r\nSet-Cookie: x=1\u2028\u0000.mp4"))
                .isEqualTo("inline; filename=\"a Set-Cookie_ x=1 .mp4\"");
        assertThat(ContentDisposition.inline("holiday\u202e4pm.exe")).isEqualTo("inline; filename=\"holiday 4pm.exe\"");
    }

    @Test
    void a_name_of_300_characters_keeps_its_extension() {
        String header = ContentDisposition.inline("é".repeat(300) + ".mp4");
        assertThat(header).matches(SHAPE).contains("_.mp4\"").endsWith("%A9.mp4");
        assertThat(named(header)).isEqualTo("é".repeat(146) + ".mp4");
    }

    @Test
    void nothing_gets_out_of_its_header() {
        Random random = new Random(6266);
        for (int i = 0; i < 3_000; i++) {
            char[] name = new char[random.nextInt(200)];
            for (int c = 0; c < name.length; c++) {
                name[c] = (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000);
            }
            assertThat(ContentDisposition.inline(new String(name))).matches(SHAPE);
        }
    }

    private static String named(String header) {
        return URLDecoder.decode(header.substring(header.indexOf("''") + 2), StandardCharsets.UTF_8);
    }
}
