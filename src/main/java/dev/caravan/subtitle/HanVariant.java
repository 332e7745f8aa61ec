package dev.caravan.subtitle;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.stream.Collectors;

/** A language whose forms of the Han letters a text needs. */
enum HanVariant {
    JAPANESE("JP"),
    KOREAN("KR"),
    SIMPLIFIED("SC"),
    TRADITIONAL("TC");

    private final String suffix;

    HanVariant(String suffix) {
        this.suffix = suffix;
    }

    /** Returns families to try, the best first. */
    List<String> fonts() {
        return List.of(
                "Noto Sans CJK " + suffix,
                "Noto Sans " + suffix,
                "Source Han Sans " + suffix,
                "Noto Serif CJK " + suffix,
                "Noto Sans CJK SC",
                "WenQuanYi Zen Hei",
                "Droid Sans Fallback");
    }

    static HanVariant of(List<Cue> cues) {
        return of(cues.stream().map(Cue::text).collect(Collectors.joining("\n")));
    }

    /** Decides by Kana and Hangul, and else by which of the text's letters the charsets of China and of Taiwan have. */
    static HanVariant of(String text) {
        if (has(text, Character.UnicodeScript.HIRAGANA) || has(text, Character.UnicodeScript.KATAKANA)) {
            return JAPANESE;
        } else if (has(text, Character.UnicodeScript.HANGUL)) {
            return KOREAN;
        }
        return missing(text, "GB2312") > missing(text, "Big5") ? TRADITIONAL : SIMPLIFIED;
    }

    private static boolean has(String text, Character.UnicodeScript script) {
        return text.codePoints().anyMatch(letter -> Character.UnicodeScript.of(letter) == script);
    }

    private static long missing(String text, String charset) {
        CharsetEncoder encoder = Charset.forName(charset).newEncoder();
        return text.codePoints()
                .filter(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.HAN)
                .filter(letter -> !encoder.canEncode(Character.toString(letter)))
                .count();
    }
}
