package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssTextTest {
    static final Style STYLE = new Style(
            "DejaVu Sans",
            true,
            50,
            "FFFFFF",
            new Style.Stroke("102030", 2),
            new Style.Box("000000", 0),
            new Style.Layout(2, 60, 120, 90));

    static final FontChoice ANY = new FontChoice(FontTable.of(List.of()), "DejaVu Sans", HanVariant.SIMPLIFIED);

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
                "<strike>x</strike> <br> <|<strike>x</strike> <br> <",
                "<\uFDD0b>|<b>",
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
                "<s>a</S>b|{\\s1}a{\\s}b",
                "<font color=DarkOrange>a|{\\1c&H008CFF&}a",
                "<font color=#FF800080>a|{\\1c&H0080FF&}a",
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
        assertThat(AssText.of("aaaa aaaa aaaa aaaa", new LongWordRoom(5), ANY, true))
                .doesNotContain("\\N");
        assertThat(AssText.of("a".repeat(20), new LongWordRoom(5), ANY, true)).isEqualTo("aaaaaaaa\\Naaaaaaaa\\Naaaa");
        assertThat(AssText.of("世界世界世界。世", new LongWordRoom(6), ANY, true)).isEqualTo("世界世界世界。\\N世");
        assertThat(AssText.of("e\u0301".repeat(9), new LongWordRoom(5), ANY, true))
                .isEqualTo("e\u0301".repeat(8) + "\\Ne\u0301");
    }

    @Test
    void sizes_follow_the_shorter_side() {
        assertThat(STYLE.in(1920, 1080)).isEqualTo(STYLE);
        assertThat(STYLE.in(540, 960))
                .extracting(Style::size, Style::stroke, Style::layout)
                .containsExactly(25.0, new Style.Stroke("102030", 1), new Style.Layout(2, 30, 60, 90));
        assertThat(STYLE.in(640, 360).stroke().width()).isEqualTo(1);
    }

    @Test
    void the_document_is_in_pixels_of_the_picture() {
        Cue cue = new Cue(3_723_459, 3_724_001, "Hi", 1);
        assertThat(new AssDocument(1280, 720, STYLE, ANY).of(List.of(cue)).lines())
                .contains("PlayResX: 1280", "PlayResY: 720")
                .contains(
                        "Style: Default,DejaVu Sans,33.33,&H00FFFFFF,&H00FFFFFF,&H00302010,&H00302010,-1,0,0,0,100,100,0,0,1,"
                                + "1.33,0,2,64,64,80,-1")
                .endsWith("Dialogue: 0,1:02:03.45,1:02:04.00,Default,,0,0,0,,Hi");
    }

    private static String ass(String text) {
        return AssText.of(text, new LongWordRoom(1000), ANY, true);
    }

    @Test
    void a_box_is_a_ground_that_the_picture_shines_through_and_a_cue_may_have_its_own_place() {
        Style boxed = new Style(
                "DejaVu Sans",
                false,
                50,
                "FFFFFF",
                new Style.Stroke("000000", 0),
                new Style.Box("102030", 0.6),
                new Style.Layout(8, 60, 120, 100));
        assertThat(new AssDocument(1080, 1920, boxed, ANY)
                        .of(List.of(new Cue(0, 1000, "Hi", 1, 1)))
                        .lines())
                .anyMatch(line -> line.endsWith("&H00000000,&H66302010,0,0,0,0,100,100,0,0,4,0,7.5,8,60,60,60,-1"))
                .endsWith("Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,120,,{\\an1}Hi");
    }

    @Test
    void letters_come_from_the_font_that_suits_them_and_blanks_and_accents_go_along() {
        FontTable table = FontTable.of(List.of(
                "DejaVu Sans|80|0|False|20-7e 1f600 300",
                "DejaVu Sans|200|0|False|20-7e 300",
                "Noto Sans Thai|200|0|False|e01-e5b",
                "Noto Sans CJK SC|80|0|False|3000-9fff",
                "Noto Sans CJK JP|80|0|False|3000-9fff",
                "Slanted|80|100|False|10000",
                "Noto Color Emoji|80|0|True|1f000-1ffff"));
        FontChoice fonts = new FontChoice(table, "DejaVu Sans", HanVariant.JAPANESE);
        assertThat(AssText.of("a \u0e01\u0300 \u65e5b", new LongWordRoom(99), fonts, true))
                .isEqualTo("a {\\fnNoto Sans Thai}\u0e01\u0300 {\\fnNoto Sans CJK JP}\u65e5{\\fn}b");
        assertThat(AssText.of("a\ud83d\ude00b", new LongWordRoom(99), fonts, true))
                .isEqualTo("a{\\b0}\ud83d\ude00{\\b}b");
        assertThat(AssText.of("a<b>\ud83d\ude00b</b>", new LongWordRoom(99), fonts, false))
                .isEqualTo("a{\\b1}{\\b0}\ud83d\ude00{\\b1}b{\\b}");
        List<Cue> cues = List.of(new Cue(0, 1, "a\ud83e\udd84\ud800\udc00", 7), new Cue(0, 1, "\ud83e\udd84", 9));
        assertThat(MissingGlyphs.warning(MissingGlyphs.missing(cues, fonts)))
                .contains(
                        "No font of this machine has \ud800\udc00 (U+10000) in line 7; \ud83e\udd84 (U+1F984) in lines 7,"
                                + " 9; a box is drawn in their place");
    }

    @Test
    void the_log_of_libass_is_read() {
        assertThat(MissingGlyphs.missed(List.of(
                        "[warning] fontselect: failed to find any fallback with glyph 0x1F984 for font: (DejaVu Sans, 700, 0)",
                        "[warning] Glyph 0x1F600 not found, broken font? Trying all charmaps",
                        "[warning] Glyph 0x65 is fine")))
                .containsExactly(0x1F984);
    }

    @ParameterizedTest
    @CsvSource({"東京です,JAPANESE", "서울 東,KOREAN", "无名天地之始,SIMPLIFIED", "無名天地之始,TRADITIONAL", "Hello,SIMPLIFIED"})
    void han_letters_are_drawn_as_their_language_has_them(String text, HanVariant hanVariant) {
        assertThat(HanVariant.of(text)).isEqualTo(hanVariant);
    }
}
