package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubtitleRepairTest {
    private static final String NEXT = "\n\n2\n00:00:30,000 --> 00:00:31,000\nNext\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00:00:05,000 --> 00:00:04,000|4000-5000|an end before its start, the two exchanged (line 2)",
                "00:00:05,000 --> 00:00:05,000|5000-6000|replaced by the time that reading takes (line 2)",
                "00:00:29,500 --> 00:00:07,000|29500-30000|replaced by the time that reading takes (line 2)",
                "-00:00:01,000 --> 00:00:02,000|0-2000|a start before 0, taken as 0 (line 2)",
                "00:00:01.000 --> 00:00:02.000|1000-2000|in place of the comma before milliseconds (line 2)",
                "00:01,000 --> 00:02,000|1000-2000|times without hours (line 2)",
                "00:00:01,000 → 00:00:02,000|1000-2000|an arrow that is none (line 2)",
                "00:00:01,000 —> 00:00:02,000|1000-2000|an arrow that is none (line 2)",
                "00:00:01,000 00:00:02,000|1000-2000|an arrow that is none (line 2)",
                "00:00:01,000 --> 00:00:30,100|1000-30000|reach a little into the next one, shortened (line 2)",
                "00:00:01,000 --> 00:00:30,900|1000-30900|cues that overlap, shown above each other (line 6)",
                "00:00:40,000 --> 00:00:41,000|40000-41000|cues out of order, put in order (line 6)",
                "00:00:01,0004 --> 00:00:02,000|1000-2000|fractions of a second that have not three digits, read as parts of one (line 2)",
                "00:00:01,5 --> 00:00:02,25|1500-2250|fractions of a second that have not three digits",
                "00:00:01,5000000 --> 00:00:02,123456789|1500-2123|fractions of a second that have not three digits",
                "00:00:001,500 --> 00:00:002,000|1500-2000|minutes or seconds of three digits or above 59, counted as they stand (line 2)",
                "00:00:11,000 --> 00:00:61,000|11000-61000|minutes or seconds of three digits or above 59",
                "00:000:01,000 --> 00:000:010,000|1000-10000|minutes or seconds of three digits or above 59",
                "00:00:01 --> 00:00:02|1000-2000|",
            })
    void times_are_repaired_where_it_is_plain_what_was_meant(String times, String read, String repair) {
        Subtitles subtitles = read("1\n" + times + "\nHello" + NEXT);
        Cue cue = subtitles.cues().stream()
                .filter(each -> each.text().equals("Hello"))
                .findFirst()
                .orElseThrow();
        assertThat(cue.start() + "-" + cue.end()).isEqualTo(read);
        if (repair == null) {
            assertThat(subtitles.warnings()).isEmpty();
        } else {
            assertThat(subtitles.warnings()).hasSize(1);
            assertThat(subtitles.warnings().get("SUBTITLES_REPAIRED")).contains(repair);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Tom &amp; Jerry &lt;3|Tom & Jerry <3|0|HTML entities",
                "&#8220;Hi&#x201d;&nbsp;&unknown; &#0; &#99999999;|“Hi”\u00a0&unknown; &#0; &#99999999;|0|HTML entities",
                "{\\an8}Up|Up|8|codes of ASS",
                "{\\a6}Up|Up|8|codes of ASS",
                "{\\i1}a{\\i0} b|<i>a</i> b|0|codes of ASS",
                "{\\pos(192,230)\\fad(200,200)}{\\c&HFFFFFF&\\fs20\\fnArial}a{\\r}|a|0|codes of ASS",
                "a\\Nb|a/b|0|codes of ASS",
                "C:\\Red|C:\\Red|0|",
                "C:\\New|C:\\New|0|",
                "{\\an8\\p1}m 0 0|{\\an8\\p1}m 0 0|0|",
                "{\\t(\\fs9)}a {hm}|{\\t(\\fs9)}a {hm}|0|",
            })
    void text_is_freed_of_what_other_formats_left_in_it(String text, String shown, int place, String repair) {
        Subtitles subtitles = read("1\n00:00:01,000 --> 00:00:02,000\n" + text + NEXT);
        assertThat(subtitles.cues().get(0).text()).isEqualTo(shown.replace("a/b", "a\nb"));
        assertThat(subtitles.cues().get(0).place()).isEqualTo(place);
        assertThat(subtitles.warnings().getOrDefault("SUBTITLES_REPAIRED", "")).contains(repair == null ? "" : repair);
        assertThat(subtitles.warnings()).hasSize(repair == null ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00:00:01,000 --> 00:00:02,000 Hello there|Hello there",
                "00:00:01,000 --> 00:00:02,000 X1:1 X2:3|",
                "00:00:01,000 --> 00:00:02,000 align:start position:50%,line-left|",
                "00:00:01,000 --> 00:00:02,000 Note: this|Note: this",
            })
    void text_behind_the_times_is_shown_and_reported(String times, String text) {
        Subtitles subtitles = read("1\n" + times + "\nBelow\n");
        assertThat(subtitles.cues().get(0).text()).isEqualTo(text == null ? "Below" : text + "\nBelow");
        assertThat(subtitles.warnings().containsKey("SUBTITLES_REPAIRED")).isEqualTo(text != null);
        if (text != null) {
            assertThat(subtitles.warnings().get("SUBTITLES_REPAIRED")).contains("text behind the times", "line 2");
        }
    }

    @Test
    void an_index_alone_is_a_cue_without_times() {
        Subtitles last = read("1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n");
        assertThat(last.cues()).extracting(Cue::text).containsExactly("One");
        assertThat(last.warnings())
                .containsEntry("CUES_UNTIMED", "1 of 2 cues have no time at which they can be shown: line 5");
        Subtitles middle =
                read("1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n\n3\n00:00:03,000 --> 00:00:04,000\nThree\n");
        assertThat(middle.cues()).extracting(Cue::text).containsExactly("One", "Three");
        assertThat(middle.warnings())
                .containsEntry("CUES_UNTIMED", "1 of 3 cues have no time at which they can be shown: line 5");
    }

    @Test
    void what_is_not_shown_is_told_with_its_line() {
        String srt = "Some text\n\n" // 1
                + "1\n00:00:01,000 --> 00:00:02,000\nOne\n\n" // 3
                + "2\nTwo without times\n\n" // 7
                + "3\n00:00:05,000 --> 00:00:06,000\n<i> </i>{\\an8}\n\n" // 10
                + "4\n-00:00:05,000 --> -00:00:04,000\nBefore\n\n" // 14
                + "5\n00:00:0x,000 --> 00:00:04,000\nWhen?\n"; // 18
        Subtitles subtitles = read(srt);
        assertThat(subtitles.cues()).extracting(Cue::text).containsExactly("One");
        assertThat(subtitles.found()).isEqualTo(5);
        assertThat(subtitles.warnings())
                .containsEntry("CUES_UNTIMED", "2 of 5 cues have no time at which they can be shown: lines 7, 19")
                .containsEntry("CUES_EMPTY", "1 of 5 cues hold no text: line 11")
                .containsEntry("CUES_BEFORE_START", "1 of 5 cues end before the video begins: line 15")
                .containsEntry("TEXT_OUTSIDE_CUES", "Lines stand above the first times and are not shown: from line 1");
    }

    @Test
    void long_lists_of_lines_are_cut() {
        String srt = IntStream.range(0, 9)
                .mapToObj(at -> "00:00:0%d.000 --> 00:00:0%d.500\nx\n\n".formatted(at, at))
                .collect(Collectors.joining());
        assertThat(read(srt).warnings().get("SUBTITLES_REPAIRED"))
                .contains("cues without an index (lines 1, 4, 7, 10, 13 and 4 more)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void wide_characters_are_known_with_a_mark_and_guessed_without(String charset) {
        String srt = "1\n00:00:01,000 --> 00:00:02,000\nПривет, 世界\n";
        Subtitles guessed = read(srt.getBytes(Charset.forName(charset)));
        assertThat(guessed.cues().get(0).text()).isEqualTo("Привет, 世界");
        assertThat(guessed.coding().charset()).isEqualTo(charset);
        assertThat(guessed.coding().guessed()).isTrue();
        Subtitles marked = read(("\uFEFF" + srt).getBytes(Charset.forName(charset)));
        assertThat(marked.cues().get(0).text()).isEqualTo("Привет, 世界");
        assertThat(marked.coding()).isEqualTo(new FileCharset(charset, false, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windows-1250|Zażółć gęślą jaźń. Nie wiem, czy ją jeszcze kiedyś zobaczę; może już wyjechała do Łodzi",
                "ISO-8859-2|Dobrý den, přišel jsem se zeptat, jestli už víte, kdy přijede vlak z Brna. Říkali mi, že v osm",
                "windows-1251|Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива",
                "KOI8-R|Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива",
                "windows-1252|Où est le garçon? À la forêt, près du château, déjà là-bas, où l’été s’achève",
                "windows-1253|Σε γνωρίζω από την κόψη του σπαθιού την τρομερή, σε γνωρίζω από την όψη",
                "windows-1254|Türkçe öğrenmek için çok çalıştım, şimdi İstanbul'da yaşıyorum ve işe gidiyorum",
                "windows-1255|בראשית ברא אלהים את השמים ואת הארץ והארץ היתה תהו ובהו וחשך על פני תהום",
                "windows-1256|كان يا ما كان في قديم الزمان ملك عظيم يحكم بلادا واسعة ويحب الناس كلهم",
                "Shift_JIS|吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。",
                "EUC-JP|吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。",
                "GB18030|道可道，非常道。名可名，非常名。无名天地之始；有名万物之母。",
                "Big5|道可道，非常道。名可名，非常名。無名天地之始；有名萬物之母。",
                "EUC-KR|모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
                "x-windows-874|มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
            })
    void charsets_are_told_by_their_letters_and_how_sure_that_is(String charset, String said) {
        String srt = "1\n00:00:01,000 --> 00:00:02,000\n" + said + NEXT;
        Subtitles subtitles = read(srt.getBytes(Charset.forName(charset)));
        assertThat(subtitles.cues().get(0).text()).isEqualTo(said);
        assertThat(subtitles.coding().guessed()).isTrue();
        assertThat(subtitles.coding().confidence()).isBetween(0.1, 1.0);
    }

    @Test
    void web_vtt_is_read_by_what_it_says_and_not_by_its_name() {
        String vtt =
                """
                WEBVTT - A title
                Kind: captions

                STYLE
                ::cue { color: red }
                /* 00:00 */

                NOTE
                A comment
                of two lines

                REGION
                id:fred

                intro
                00:01.000 --> 00:02.500 align:start line:0
                <v.loud Mary>Hello <i>you</i>&amp;me &lt;b&gt;</v>

                NOTE one line

                2
                00:00:03.000 --> 01:00:04.000 position:50%,line-left
                <c.yellow.bg_blue>Yes</c> <00:00:03.500><lang en>no</lang>
                - second line

                00:00:05.000 --> 00:00:06.000

                """;
        Subtitles subtitles = read(vtt);
        assertThat(subtitles.format()).isEqualTo("vtt");
        assertThat(subtitles.cues())
                .extracting(cue -> cue.start() + "-" + cue.end() + " " + cue.place() + " " + cue.text())
                .containsExactly(
                        "1000-2500 7 Hello <i>you</i>&me <\uFDD0b>",
                        "3000-3604000 0 <font color=\"yellow\">Yes</font> no\n- second line");
        assertThat(subtitles.warnings())
                .containsOnlyKeys("CUES_EMPTY", "SUBTITLES_REPAIRED")
                .containsEntry("CUES_EMPTY", "1 of 3 cues hold no text: line 26");
    }

    @Test
    void web_vtt_is_written_so_that_text_stays_text() {
        List<Cue> cues = List.of(
                new Cue(0, 1_500, "<I>a</i> < & <font color=red>b</font> --> c", 1, 8),
                new Cue(3_600_000, 3_601_000, "<s>x</s> <\uFDD0b> a\u2060b", 4, 1));
        assertThat(VttWriter.write(cues))
                .isEqualTo("WEBVTT\n\n00:00:00.000 --> 00:00:01.500 line:0\n<i>a</i> &lt; &amp; b --&gt; c\n\n"
                        + "01:00:00.000 --> 01:00:01.000 align:start\nx &lt;b&gt; a\u2060b\n\n");
    }

    private static Subtitles read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Subtitles read(byte[] bytes) {
        DecodedText text = DecodedText.decode(bytes);
        return new SrtParser(text.lines(), text.dialect()).parse(text.coding());
    }
}
