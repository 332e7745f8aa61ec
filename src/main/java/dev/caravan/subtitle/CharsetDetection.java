package dev.caravan.subtitle;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mozilla.universalchardet.UniversalDetector;

/** Finds the charset of bytes that have no byte order mark and are not UTF-8. */
final class CharsetDetection {
    private static final Charset FALLBACK = Charset.forName("windows-1252");
    private static final double FALLBACK_CONFIDENCE = 0.1;
    /** Below this, ICU's guess is no better than a guess at a charset with bytes in groups. Percent. */
    private static final int SURE = 40;

    private static final int MIN = 10;
    private static final int MAX_BROKEN = 2;
    private static final double BROKEN_SHARE = 0.01;
    private static final double BY_ITS_ZEROS = 0.9;
    private static final double PERCENT = 100;
    private static final List<String> WIDE = List.of("UTF-32LE", "UTF-32BE", "UTF-16LE", "UTF-16BE");

    private CharsetDetection() {}

    /** Detects wide characters without a byte order mark: at least half of the bytes of times are zeros. */
    static Optional<FileCharset> wide(byte[] bytes) {
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == 0) {
                return WIDE.stream()
                        .filter(name -> isText(LenientUtf16.in(bytes, name)))
                        .findFirst()
                        .map(name -> new FileCharset(name, true, BY_ITS_ZEROS));
            }
        }
        return Optional.empty();
    }

    /** Tells whether this is text: a unit or two may be broken, and the last one cut. */
    private static boolean isText(String text) {
        long broken = text.chars().filter(letter -> letter == '\uFFFD').count();
        return text.contains(">")
                && text.contains(":")
                && text.indexOf('\0') < 0
                && broken <= MAX_BROKEN + text.length() * BROKEN_SHARE;
    }

    /** Guesses by the letters of Latin alphabets, and else by the frequency of letters and pairs of them. */
    static FileCharset guess(byte[] bytes) {
        byte[] words = words(bytes);
        Optional<FileCharset> latin = LatinAlphabets.isLatin(words) ? LatinAlphabets.guess(words) : Optional.empty();
        return latin.orElseGet(() -> byFrequency(words, bytes));
    }

    private static FileCharset byFrequency(byte[] words, byte[] bytes) {
        CharsetMatch[] matches = new CharsetDetector().setText(words).detectAll();
        Optional<CharsetMatch> best = first(matches, bytes, 0).or(() -> first(matches, bytes, MAX_BROKEN));
        int confidence = best.map(CharsetMatch::getConfidence).orElse(0);
        Optional<String> other = other(words)
                .filter(name -> name.matches("SHIFT_JIS|EUC-.*|GB18030|BIG5|TIS620"))
                .filter(name -> fits(name, bytes, MAX_BROKEN));
        if (confidence < SURE && other.isPresent()) {
            int second = Arrays.stream(matches)
                    .filter(match -> match.getName().equalsIgnoreCase(other.get()))
                    .mapToInt(CharsetMatch::getConfidence)
                    .findFirst()
                    .orElse(SURE);
            return new FileCharset(superset(other.get()), true, Math.max(second, MIN) / PERCENT);
        }
        return confidence <= MIN
                ? new FileCharset(FALLBACK.name(), true, FALLBACK_CONFIDENCE)
                : new FileCharset(superset(best.get().getName()), true, confidence / PERCENT);
    }

    private static Optional<String> other(byte[] words) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(words);
        detector.dataEnd();
        return Optional.ofNullable(detector.getDetectedCharset());
    }

    private static Optional<CharsetMatch> first(CharsetMatch[] matches, byte[] bytes, int broken) {
        return Arrays.stream(matches)
                .filter(match -> fits(match.getName(), bytes, broken))
                .findFirst()
                .filter(match -> match.getConfidence() > MIN);
    }

    /**
     * Tells whether a charset fits: those of mainframes never do, and bytes that are undefined in a charset count against
     * it.
     *
     * @param broken how many of these bytes may be a fault of the file
     */
    private static boolean fits(String name, byte[] bytes, int broken) {
        if (name.startsWith("UTF-") || name.startsWith("IBM4") || !Charset.isSupported(plain(name))) {
            return false;
        }
        String text = new String(bytes, Charset.forName(superset(name)));
        return text.chars()
                        .filter(letter -> letter == '\uFFFD' || letter >= 0x80 && letter < 0xA0)
                        .count()
                <= broken;
    }

    /**
     * Returns Windows' own charset, which holds all of the ISO charset that it grew from and is nearly always the one
     * meant.
     */
    private static String superset(String name) {
        return switch (plain(name)) {
            case "ISO-8859-1" -> "windows-1252";
            case "ISO-8859-9" -> "windows-1254";
            case "ISO-8859-8" -> "windows-1255";
            case "GB2312", "GBK" -> "GB18030";
            case "TIS620", "TIS-620" -> "x-windows-874";
            default -> Charset.forName(plain(name)).name();
        };
    }

    /** Removes the direction that ICU adds to the name. */
    private static String plain(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("-I$", "");
    }

    /** Returns the lines that are not plain ASCII: only they tell anything. */
    private static byte[] words(byte[] bytes) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        int from = 0;
        boolean tells = false;
        for (int at = 0; at <= bytes.length; at++) {
            if (at == bytes.length || bytes[at] == '\n') {
                if (tells) {
                    words.write(bytes, from, at - from);
                    words.write('\n');
                }
                from = at + 1;
                tells = false;
            } else {
                tells |= bytes[at] < 0 || bytes[at] == 0x1B;
            }
        }
        return words.toByteArray();
    }
}
