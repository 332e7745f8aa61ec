package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of single bytes, two charsets in one file, and alphabets that look alike. */
class CharsetTest {
    private static final String RUSSIAN = "Привет, мир! Как дела?";

    @Test
    void one_bad_byte_does_not_throw_away_utf_8() {
        byte[] bytes = cue(RUSSIAN, StandardCharsets.UTF_8);
        bytes[bytes.length - 3] = (byte) 0xFF;
        Subtitles subtitles = read(bytes);
        assertThat(text(subtitles)).startsWith("Привет, мир! Как дел").contains("\uFFFD");
        assertThat(subtitles.coding().charset()).isEqualTo("UTF-8");
        assertThat(subtitles.coding().warnings())
                .containsOnlyKeys("SUBTITLE_BYTES_INVALID")
                .hasEntrySatisfying(
                        "SUBTITLE_BYTES_INVALID", said -> assertThat(said).contains("line 3"));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, 吾輩は猫である", "UTF-8, 世", "UTF-8, дом", "UTF-16LE, дом", "UTF-16BE, 吾輩", "UTF-8, a😀"})
    void a_file_that_is_cut_within_its_last_letter_keeps_the_others(String charset, String said) {
        byte[] whole = cue(said, Charset.forName(charset));
        int ending = charset.equals("UTF-8") ? 1 : 2;
        Subtitles subtitles = read(Arrays.copyOf(whole, whole.length - ending - 1));
        String kept = said.substring(0, said.offsetByCodePoints(said.length(), -1));
        assertThat(text(subtitles)).startsWith(kept).hasSizeLessThanOrEqualTo(kept.length() + 1);
        assertThat(subtitles.coding().charset()).isEqualTo(charset);
        assertThat(subtitles.coding().warnings().get("SUBTITLE_BYTES_INVALID")).contains("line 3");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE"})
    void a_bad_unit_of_wide_characters_is_named_with_its_line(String charset) {
        for (String mark : List.of("", "\uFEFF")) {
            byte[] bytes = (mark + "1\n00:00:01,000 --> 00:00:02,000\nПриZвет\n").getBytes(Charset.forName(charset));
            for (int at = 0; at < bytes.length; at++) {
                if (bytes[at] == 'Z') {
                    int high = charset.endsWith("LE") ? at + 1 : at - 1;
                    bytes[high] = (byte) 0xD8;
                }
            }
            Subtitles subtitles = read(bytes);
            assertThat(text(subtitles)).isEqualTo("При\uFFFDвет");
            assertThat(subtitles.coding().charset()).isEqualTo(charset);
            assertThat(subtitles.coding().warnings().get("SUBTITLE_BYTES_INVALID"))
                    .contains("line 3");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windows-1252|Café, naïve, señor|Don’t go to the château, señor",
                "windows-1252|Größe und Maß, schöne Grüße|Der Löwe schläft dort drüben",
                "windows-1251|Все счастливые семьи похожи|Каждая несчастливая семья несчастлива",
                "Shift_JIS|吾輩は猫である。名前はまだ無い。|どこで生れたかとんと見当がつかぬ。",
            })
    void each_line_is_read_as_what_it_is(String charset, String first, String second) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(cue(first, StandardCharsets.UTF_8));
        file.writeBytes("\n2\n00:00:03,000 --> 00:00:04,000\n".getBytes(StandardCharsets.UTF_8));
        file.writeBytes(second.getBytes(Charset.forName(charset)));
        Subtitles subtitles = read(file.toByteArray());
        assertThat(subtitles.cues()).extracting(Cue::text).containsExactly(first, second);
        assertThat(subtitles.coding().warnings())
                .containsOnlyKeys("SUBTITLE_CHARSETS_MIXED")
                .hasEntrySatisfying(
                        "SUBTITLE_CHARSETS_MIXED", said -> assertThat(said).contains("line 7", charset));
    }

    @Test
    void one_line_of_utf_8_in_a_western_file_is_read_as_such() {
        String western = "Où est le garçon? À la forêt, près du château, déjà là-bas, où l’été s’achève\n".repeat(8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(cue(western, Charset.forName("windows-1252")));
        file.writeBytes("\n00:00:03,000 --> 00:00:04,000\nDéjà vu\n".getBytes(StandardCharsets.UTF_8));
        Subtitles subtitles = read(file.toByteArray());
        assertThat(subtitles.cues().get(0).text()).startsWith("Où est le garçon");
        assertThat(subtitles.cues().get(1).text()).isEqualTo("Déjà vu");
        assertThat(subtitles.coding().warnings().get("SUBTITLE_CHARSETS_MIXED")).contains("UTF-8", "line 14");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windows-1250|Gdje je kuća? Noćas ću doći, čekaj me. Što još želiš, đavole",
                "ISO-8859-2|Gdje je kuća? Noćas ću doći, čekaj me. Što još želiš, đavole",
                "windows-1250|Reći ću ti večeras. Kuća je prazna",
                "windows-1250|Ne mogu više da čekam. Hoću kući, odmah",
                "ISO-8859-2|Šta je ovo? Ništa, idemo dalje",
                "windows-1250|Kje je tvoja hiša? Ne vem, če boš še živ",
                "windows-1250|Čo robíš? Neviem, kde je môj pes, môžeš mi pomôcť nájsť ho",
                "windows-1257|Kur tu esi? Es nezinu, mīļā, bet es drīz būšu mājās, gaidi mani šeit",
                "windows-1257|Kur eini, mažyle? Aš tavęs laukiau visą naktį, grįžk į namus, bičiuli",
                "windows-1252|Hvad er det? Jeg ved ikke, men du må være forsigtig på vej over åen",
                "windows-1252|Où est le garçon? À la forêt, près du château",
                "windows-1252|Dov'è la città? È vicino, però non so perché",
                "windows-1252|Hvað er þetta? Ég veit það ekki, en þú verður að vara þig",
                "windows-1252|Não sei onde está o coração da mãe",
                "windows-1252|père",
                "windows-1252|Mon père est très sévère",
                "windows-1250|večer",
                "windows-1254|Şimdi ne olacak? Çok güzel bir gün değil mi",
            })
    void latin_alphabets_are_told_by_their_letters(String charset, String said) {
        Subtitles subtitles = read(cue(said, Charset.forName(charset)));
        assertThat(text(subtitles)).isEqualTo(said);
        assertThat(subtitles.coding().warnings()).containsOnlyKeys("SUBTITLE_CHARSET_GUESSED");
    }

    @Test
    void one_bad_byte_does_not_throw_away_other_charsets_either() {
        byte[] bytes = cue("吾輩は猫である。名前はまだ無い。どこで生れたか", Charset.forName("Shift_JIS"));
        Subtitles subtitles = read(Arrays.copyOf(bytes, bytes.length - 2));
        assertThat(text(subtitles)).startsWith("吾輩は猫である。名前はまだ無い。");
        assertThat(subtitles.coding().warnings()).containsKeys("SUBTITLE_CHARSET_GUESSED", "SUBTITLE_BYTES_INVALID");
    }

    private static String text(Subtitles subtitles) {
        return subtitles.cues().get(0).text();
    }

    private static byte[] cue(String said, Charset charset) {
        return ("1\n00:00:01,000 --> 00:00:02,000\n" + said + "\n").getBytes(charset);
    }

    private static Subtitles read(byte[] bytes) {
        DecodedText text = DecodedText.decode(bytes);
        return new SrtParser(text.lines(), text.dialect()).parse(text.coding());
    }
}
