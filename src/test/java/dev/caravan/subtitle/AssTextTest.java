package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssTextTest {
    static final Style STYLE = new Style("DejaVu Sans", true, 50, "FFFFFF", "102030", 2, 60, 90);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\\an8}|\\{\\_an8\\}",
                "{unclosed|\\{unclosed",
                "a\\Nb\\hc\\nd|a\\_Nb\\_hc\\_nd",
                "end\\|end\\_",
                "\\\\{|\\_\\_\\{",
                "\\{\\}|\\_\\{\\_\\}",
                "'],drawtext=text=%{pts}:x=1|'],drawtext=text=%\\{pts\\}:x=1",
                "1,2,,3|1,2,,3",
                "<s>x</s> <br> <|<s>x</s> <br> <",
                "&amp;|&amp;",
            })
    void what_is_text_stays_text(String text, String ass) {
        assertThat(ass(text)).isEqualTo(ass.replace("_", "\u2060"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<i>a</i>b|{\\i1}a{\\i}b",
                "<B>a</b >b|{\\b1}a{\\b}b",
                "<u>open|{\\u1}open",
                "closed</i>|closed",
                "<i>a<i>b</i>c</i>d|{\\i1}abc{\\i}d",
                "<i>a<b>b</i>c</b>d|{\\i1}a{\\b1}b{\\i}c{\\b}d",
                "<font color=\"#FF8000\">a</font>b|{\\1c&H0080FF&}a{\\1c}b",
                "<font color='0f0'>a</font>|{\\1c&H00FF00&}a{\\1c}",
                "<FONT face=Arial COLOR=red size=99>a</Font>|{\\1c&H0000FF&}a{\\1c}",
                "<font color=red>a<font color=blue>b</font>c</font>|{\\1c&H0000FF&}a{\\1c&HFF0000&}b{\\1c&H0000FF&}c{\\1c}",
                "<font color=red>a<font color=x}{\\p1>b</font>c</font>|{\\1c&H0000FF&}abc{\\1c}",
                "<font face=\"x\">a</font>|a",
                "</font>a|a",
                "<fonts color=red>|<fonts color=red>",
            })
    void the_tags_that_srt_knows_are_obeyed(String text, String ass) {
        assertThat(ass(text)).isEqualTo(ass);
    }

    @Test
    void lines_stay_lines() {
        assertThat(ass("<i>a\nb</i>")).isEqualTo("{\\i1}a\\Nb{\\i}");
    }

    @Test
    void only_words_longer_than_a_line_are_broken() {
        assertThat(AssText.of("aaaa aaaa aaaa aaaa", new LineRoom(5))).doesNotContain("\\N");
        assertThat(AssText.of("a".repeat(20), new LineRoom(5))).isEqualTo("aaaaaaaa\\Naaaaaaaa\\Naaaa");
        assertThat(AssText.of("世界世界世界。世", new LineRoom(6))).isEqualTo("世界世界世界。\\N世");
        assertThat(AssText.of("e\u0301".repeat(9), new LineRoom(5))).isEqualTo("e\u0301".repeat(8) + "\\Ne\u0301");
    }

    @Test
    void sizes_follow_the_shorter_side() {
        assertThat(STYLE.in(1920, 1080)).isEqualTo(STYLE);
        assertThat(STYLE.in(540, 960)).isEqualTo(new Style("DejaVu Sans", true, 25, "FFFFFF", "102030", 1, 30, 90));
        assertThat(STYLE.in(640, 360).outline()).isEqualTo(1);
    }

    @Test
    void the_document_is_in_pixels_of_the_picture() {
        Cue cue = new Cue(3_723_459, 3_724_001, "Hi", 1);
        assertThat(new AssDocument(1280, 720, STYLE).of(List.of(cue)).lines())
                .contains("PlayResX: 1280", "PlayResY: 720")
                .contains(
                        "Style: Default,DejaVu Sans,33.33,&H00FFFFFF,&H00FFFFFF,&H00302010,&H00302010,-1,0,0,0,100,100,0,0,1,"
                                + "1.33,0,2,64,64,40,-1")
                .endsWith("Dialogue: 0,1:02:03.45,1:02:04.00,Default,,0,0,0,,Hi");
    }

    private static String ass(String text) {
        return AssText.of(text, new LineRoom(1000));
    }
}
