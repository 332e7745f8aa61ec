package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SrtFileTest {
    private static final String TWO =
            "1\n00:00:01,000 --> 00:00:02,500\nOne\n\n2\n00:01:00,250 --> 01:02:03,004\nTwo\n";

    @TempDir
    Path folder;

    /** Every file reads as the same two cues. */
    static Stream<Arguments> waysToWriteIt() {
        return Stream.of(
                Arguments.of("as it should be", TWO),
                Arguments.of("Windows", TWO.replace("\n", "\r\n")),
                Arguments.of("old Macintosh", TWO.replace("\n", "\r")),
                Arguments.of("every line end doubled", TWO.replace("\n", "\r\r\n")),
                Arguments.of("points for commas", TWO.replace(",", ".")),
                Arguments.of("colons for commas", TWO.replace(",", ":")),
                Arguments.of("no indices", TWO.replaceAll("(?m)^\\d\n", "")),
                Arguments.of("the same index twice", TWO.replace("\n2\n", "\n1\n")),
                Arguments.of("coordinates", TWO.replace("2,500\n", "2,500  X1:100 X2:200 Y1:100 Y2:200\n")),
                Arguments.of("settings of WebVTT", "WEBVTT\n\n" + TWO.replace("2,500\n", "2,500 align:start\n")),
                Arguments.of("no blank lines", TWO.replace("\n\n", "\n")),
                Arguments.of("many blank lines", "\n\n" + TWO.replace("\n\n", "\n\n \n\t\n") + "\n\n"),
                Arguments.of("a blank line below the times", TWO.replace("2,500\n", "2,500\n\n")),
                Arguments.of("hours of one digit", TWO.replace("00:0", "0:0").replace("01:02:03", "1:02:03")),
                Arguments.of("no hours", TWO.replace("00:00:0", "00:0")),
                Arguments.of("blanks in the times", TWO.replace(":", ": ").replace(",", " ,")),
                Arguments.of(
                        "blanks around the times",
                        TWO.replace("2,500\n", "2,500  \n").replace("00:01:00", "  00:01:00")),
                Arguments.of("a short arrow", TWO.replace("-->", "->")),
                Arguments.of("no blanks around the arrow", TWO.replace(" --> ", "-->")),
                Arguments.of(
                        "out of order",
                        "2\n00:01:00,250 --> 01:02:03,004\nTwo\n\n1\n00:00:01,000 --> 00:00:02,500\nOne\n"),
                Arguments.of("a cue without text", "1\n00:00:00,000 --> 00:00:01,000\n\n" + TWO),
                Arguments.of("an index at the end", TWO + "\n3\n"),
                Arguments.of("an end of file of DOS", TWO + "\u001A"),
                Arguments.of("no last line end", TWO.strip()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToWriteIt")
    void two_cues_are_read_however_they_are_written(String way, String srt) {
        assertThat(read(srt).cues())
                .extracting(cue -> cue.start() + "-" + cue.end() + " " + cue.text())
                .containsExactly("1000-2500 One", "60250-3723004 Two");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "42|42",
                "1\\n2|1\\n2",
                "I have\\n7|I have\\n7",
                "7\\n\\n|7",
                "above\\n\\nbelow|above\\nbelow",
                "a --> b|a --> b",
                "<i>kept</i> {\\clip} <b|<i>kept</i> {\\clip} <b",
                "  - who?\\n\\t- me|- who?\\n- me",
                "bell\\u0007 and null|bell and null",
            })
    void what_is_said_is_kept(String said, String read) {
        String text = unescaped(said);
        String srt = "1\n00:00:01,000 --> 00:00:02,000\n" + text + "\n\n2\n00:00:03,000 --> 00:00:04,000\nNext\n";
        assertThat(read(srt).cues()).extracting(Cue::text).containsExactly(unescaped(read), "Next");
    }

    @Test
    void a_number_far_above_the_times_is_said_unless_it_counts_on() {
        String srt = "00:00:01,000 --> 00:00:02,000\n99\n\n00:00:03,000 --> 00:00:04,000\nNext\n";
        assertThat(read(srt).cues()).extracting(Cue::text).containsExactly("99", "Next");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, false",
        "UTF-16LE, false",
        "UTF-16BE, false",
        "windows-1252, true",
        "windows-1251, true",
        "Shift_JIS, true",
        "GB18030, true",
        "Big5, true",
        "ISO-8859-7, true",
    })
    void any_charset_is_read(String name, boolean guessed) {
        String said =
                switch (name) {
                    case "windows-1251" ->
                        "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива";
                    case "Shift_JIS" -> "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。";
                    case "GB18030" -> "道可道，非常道。名可名，非常名。无名天地之始；有名万物之母。";
                    case "Big5" -> "道可道，非常道。名可名，非常名。無名天地之始；有名萬物之母。";
                    case "ISO-8859-7" -> "Σε γνωρίζω από την κόψη του σπαθιού την τρομερή, σε γνωρίζω από την όψη";
                    default -> "Où est le garçon? À la forêt, près du château, déjà là-bas";
                };
        String mark = name.startsWith("UTF-16") ? "\uFEFF" : "";
        Subtitles subtitles = read((mark + TWO.replace("One", said)).getBytes(Charset.forName(name)));
        assertThat(subtitles.cues().get(0).text()).isEqualTo(said);
        assertThat(subtitles.coding().guessed()).isEqualTo(guessed);
    }

    @Test
    void what_no_statistics_can_tell_is_windows_1252() {
        Subtitles subtitles =
                read(TWO.replace("One", "caf\u00e9 \u2013 5 \u20ac").getBytes(Charset.forName("windows-1252")));
        assertThat(subtitles.coding().charset()).isEqualTo("windows-1252");
        assertThat(subtitles.cues().get(0).text()).isEqualTo("café – 5 €");
    }

    @Test
    void a_mark_of_utf_8_is_no_text() {
        assertThat(read("\uFEFF" + TWO).cues()).hasSize(2);
        assertThat(read("\uFEFF" + TWO).coding().guessed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t\r\n  \n", "\uFEFF", "\uFEFF \n"})
    void an_empty_file_is_called_empty(String nothing) {
        StepException refused = (StepException) catchThrowable(() -> read(nothing));
        assertThat(refused.failure().code()).isEqualTo("SRT_EMPTY");
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.PERMANENT);
        assertThat(refused.failure().message()).startsWith("SRT file is empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1\\nhello\\n\\n2\\nworld|line 2 should be a timing such as 00:00:01,000 --> 00:00:02,500, but is \"hello\"",
                "\\n\\nDear Sir|line 3 should be a timing",
                "1|line 1 should be a timing",
                "1\\n00:00:0x,000 --> 00:00:02,000\\nhello|line 2 should be a timing",
                "1\\n00:00:01,000 --> 00:00:02,000\\n|line 2 should be followed by text",
            })
    void a_file_without_cues_names_the_line(String srt, String reason) {
        assertThatThrownBy(() -> read(unescaped(srt)))
                .hasMessageContaining("SRT_WITHOUT_CUES")
                .hasMessageContaining(reason);
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        byte[] random = new byte[4000];
        new Random(1).nextBytes(random);
        assertThatThrownBy(() -> read(random))
                .hasMessageContaining("SRT_BINARY")
                .hasMessageContaining("line ");
        assertThatThrownBy(() -> read(TWO.replace("One", "O\u0000ne")))
                .hasMessageContaining("line 3 holds the byte 0x00");
    }

    @Test
    void a_file_is_bounded_in_bytes_cues_and_text() {
        assertThatThrownBy(() -> new SrtFile(10).read(file(TWO.getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("SRT_TOO_LARGE")
                .hasMessageContaining("and at most 10 are read");
        String cue = "00:00:01,000 --> 00:00:02,000\nHello\n\n";
        String many = IntStream.range(0, 20_000)
                .mapToObj(i -> "%d:%d:%d --> %d:%d:%d\nHello\n\n"
                        .formatted(i / 3600, i / 60 % 60, i % 60, i / 3600, i / 60 % 60, i % 60 + 1))
                .collect(Collectors.joining());
        assertThat(read(many).cues()).hasSize(20_000);
        assertThatThrownBy(() -> read(many + cue)).hasMessageContaining("in line 60001");
        assertThat(read(cue.repeat(100)).cues()).hasSize(100);
        assertThatThrownBy(() -> read(cue.repeat(101)))
                .hasMessageContaining("more than 100 cues stand in the picture at once; one of them is in line 301");
        assertThatThrownBy(() -> read(cue.replace("Hello", "x".repeat(2001))))
                .hasMessageContaining("the cue in line 1 has 2001 characters");
    }

    @Test
    void times_that_cannot_be_shown_are_counted() {
        Subtitles subtitles =
                read("9\n00:00:05,000 --> 00:00:04,000\nBack\n\n" + TWO + "\n00:xx:05,000 --> 00:00:04,000\nWhat\n");
        assertThat(subtitles.cues()).hasSize(3);
        assertThat(subtitles.warnings())
                .containsEntry("CUES_UNTIMED", "1 of 4 cues have no time at which they can be shown: line 13");
    }

    @Test
    void what_is_written_reads_the_same() {
        String srt =
                "1\n00:00:01,000 --> 00:00:02,000\n1\n\n00:00:01,500 --> 100:00:03,999\n<i>a\n42\n\n1 b\n\n\n7\n0:0:9.1 --> 0:0:10\nx\n";
        Subtitles once = read(srt);
        Subtitles twice = own(once);
        assertThat(twice.cues())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("line")
                .isEqualTo(once.cues());
        assertThat(once.cues()).hasSize(3);
    }

    @Test
    void nothing_takes_long_or_fails_otherwise() {
        String[] parts = {
            "1",
            "\n",
            "\r\n",
            " ",
            "00:00:01,000",
            " --> ",
            "-->",
            "00",
            ":",
            ",",
            "-",
            "<font color=",
            "\"",
            "<i>",
            "{\\an8}",
            "\\",
            "ä",
            "\u0000",
            "\uFEFF",
            "99999999999999999999",
            "text",
            "\t"
        };
        Random random = new Random(20);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int run = 0; run < 1000; run++) {
                String srt = IntStream.range(0, random.nextInt(200))
                        .mapToObj(i -> parts[random.nextInt(parts.length)])
                        .collect(Collectors.joining());
                Throwable thrown = catchThrowable(() -> {
                    Subtitles once = read(DecodedText.decode(srt.getBytes(StandardCharsets.UTF_8)));
                    new AssDocument(64, 36, AssTextTest.STYLE, AssTextTest.ANY).of(once.cues());
                    assertThat(own(once).cues())
                            .usingRecursiveFieldByFieldElementComparatorIgnoringFields("line")
                            .isEqualTo(once.cues());
                });
                assertThat(thrown)
                        .as(srt)
                        .satisfiesAnyOf(none -> assertThat(none).isNull(), refused -> assertThat(refused)
                                .isInstanceOf(StepException.class));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", " ", ":", "-", "00:", "1\n", "00:00:00,000 --> ", "<font ", "<font color=\""})
    void a_megabyte_of_the_same_is_no_trouble(String part) {
        String srt = TWO + part.repeat(1_000_000 / part.length());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThat(catchThrowable(() -> read(srt)))
                .satisfiesAnyOf(none -> assertThat(none).isNull(), refused -> assertThat(refused)
                        .isInstanceOf(StepException.class)));
    }

    private static Subtitles read(DecodedText text) {
        return new SrtParser(text.lines(), text.dialect()).parse(text.coding());
    }

    private static Subtitles own(Subtitles subtitles) {
        DecodedText text = DecodedText.decode(SrtWriter.write(subtitles.cues()).getBytes(StandardCharsets.UTF_8));
        return new SrtParser(text.lines(), SubtitleFormat.OWN).parse(text.coding());
    }

    private Subtitles read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private Subtitles read(byte[] bytes) {
        return new SrtFile(2_097_152).read(file(bytes));
    }

    private Path file(byte[] bytes) {
        try {
            return Files.write(folder.resolve("a.srt"), bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007");
    }
}
