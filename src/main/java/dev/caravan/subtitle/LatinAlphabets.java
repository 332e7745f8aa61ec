package dev.caravan.subtitle;

import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Distinguishes the charsets of Latin alphabets by the letters of their languages. The frequencies that ICU4J knows leave
 * out Croatian, Serbian, Slovene, Slovak and the languages of the Baltic, which it takes for Western ones.
 */
final class LatinAlphabets {
    private static final String WESTERN = "windows-1252";
    private static final String CENTRAL = "windows-1250";
    private static final String CENTRAL_ISO = "ISO-8859-2";
    private static final String BALTIC = "windows-1257";
    private static final String TURKISH = "windows-1254";

    private static final Set<String> ALL = Set.of(WESTERN, CENTRAL, CENTRAL_ISO, BALTIC, TURKISH);
    /** The least number of ASCII letters for each other letter; other alphabets have hardly any. */
    private static final int MIN_ASCII = 1;

    private static final double MIN_COVERED = 0.9;
    private static final double CONFIDENCE = 0.7;
    private static final double FEW_LETTERS_CONFIDENCE = 0.4;
    private static final int MANY_LETTERS = 6;

    /** A language with its letters outside ASCII. In the list, common charsets precede rarer ones. */
    private record Alphabet(String charset, String letters) {
        boolean has(int letter) {
            return letters.indexOf(Character.toLowerCase(letter)) >= 0;
        }
    }

    private static final List<Alphabet> ALPHABETS = List.of(
            new Alphabet(WESTERN, "äöüß"),
            new Alphabet(WESTERN, "àâæçèéêëîïôœùûüÿ"),
            new Alphabet(WESTERN, "áéíñóúüïªº"),
            new Alphabet(WESTERN, "áàâãçéêíóôõúü"),
            new Alphabet(WESTERN, "àèéìíîòóùú"),
            new Alphabet(WESTERN, "áàäçéèëíïóöúü"),
            new Alphabet(WESTERN, "æøåéóöü"),
            new Alphabet(WESTERN, "åäöéüà"),
            new Alphabet(WESTERN, "áæðéíóöúýþ"),
            new Alphabet(WESTERN, "àçèéíïòóúü"),
            new Alphabet(WESTERN, "äõöüšž"),
            new Alphabet(CENTRAL, "čćđšž"),
            new Alphabet(CENTRAL, "áčďéěíňóřšťúůýž"),
            new Alphabet(CENTRAL, "áäčďéíľĺňóôŕšťúýž"),
            new Alphabet(CENTRAL, "ąćęłńóśźż"),
            new Alphabet(CENTRAL, "áéíóöőúüű"),
            new Alphabet(CENTRAL, "ăâîşţ"),
            new Alphabet(BALTIC, "ąčęėįšųūž"),
            new Alphabet(BALTIC, "āčēģīķļņšūž"),
            new Alphabet(TURKISH, "âçğıîöşûü"));

    private LatinAlphabets() {}

    static boolean isLatin(String charset) {
        return ALL.contains(charset);
    }

    /** True if most letters are ASCII: then the text is Latin, in any charset. */
    static boolean isLatin(byte[] words) {
        int high = 0;
        int ascii = 0;
        for (byte each : words) {
            high += each < 0 ? 1 : 0;
            ascii += Character.isLetter(each & 0xFF) && each >= 0 ? 1 : 0;
        }
        return high > 0 && ascii > MIN_ASCII * high;
    }

    /** Returns the charset under which the letters are those of one language; empty if no language explains them. */
    static Optional<FileCharset> guess(byte[] words) {
        Optional<Fit> best = ALPHABETS.stream()
                .flatMap(alphabet -> alphabet.charset().equals(CENTRAL)
                        ? List.of(alphabet, new Alphabet(CENTRAL_ISO, alphabet.letters())).stream()
                        : List.of(alphabet).stream())
                .map(alphabet -> Fit.of(alphabet, words))
                .filter(fit -> fit.covered() >= MIN_COVERED)
                .max(Comparator.comparingDouble(Fit::covered).thenComparingDouble(Fit::sounds));
        return best.map(fit -> new FileCharset(
                fit.charset(), true, fit.letters() >= MANY_LETTERS ? CONFIDENCE : FEW_LETTERS_CONFIDENCE));
    }

    /**
     * A measure of how well an alphabet explains a text.
     *
     * @param letters letters outside ASCII
     * @param covered the part of these letters that the alphabet has, 0 to 1
     * @param sounds how many more of them follow the pattern of vowels and consonants than break it
     */
    private record Fit(String charset, int letters, double covered, int sounds) {
        private static final String VOWELS = "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœăąęěůűőāēīūėįųı";

        static Fit of(Alphabet alphabet, byte[] words) {
            int[] text = new String(words, Charset.forName(alphabet.charset()))
                    .codePoints()
                    .toArray();
            int letters = 0;
            int covered = 0;
            int sounds = 0;
            for (int at = 0; at < text.length; at++) {
                boolean broken = text[at] == '\uFFFD' || text[at] >= 0x80 && text[at] < 0xA0;
                if (broken || text[at] >= 0x80 && (Character.isLetter(text[at]) || isSignInWord(text, at))) {
                    letters++;
                    covered += alphabet.has(text[at]) ? 1 : 0;
                    sounds += sound(text, at);
                }
            }
            return new Fit(alphabet.charset(), letters, letters == 0 ? 0 : (double) covered / letters, sounds);
        }

        /** Detects a sign such as © or ¾ right before a letter. */
        private static boolean isSignInWord(int[] text, int at) {
            return switch (Character.getType(text[at])) {
                case Character.OTHER_SYMBOL, Character.MATH_SYMBOL, Character.MODIFIER_SYMBOL, Character.OTHER_NUMBER ->
                    at + 1 < text.length && Character.isLetter(text[at + 1]);
                default -> false;
            };
        }

        /** Scores the neighbours: vowels are mostly next to consonants, and consonants next to vowels. */
        private static int sound(int[] text, int at) {
            return beside(text, at, at - 1) + beside(text, at, at + 1);
        }

        private static int beside(int[] text, int at, int other) {
            if (other < 0 || other >= text.length || !Character.isLetter(text[other])) {
                return 0;
            }
            return isVowel(text[at]) == isVowel(text[other]) ? -1 : 1;
        }

        private static boolean isVowel(int letter) {
            return VOWELS.indexOf(Character.toLowerCase(letter)) >= 0;
        }
    }
}
