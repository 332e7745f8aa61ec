package dev.caravan.subtitle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads the lines of a file that mixes UTF-8 with another charset, each line in its own charset. */
final class MixedCharsetLines {
    /** The least part of the non-ASCII text that is letters of UTF-8: in Thai charsets it is up to four in ten by chance. */
    private static final double MIN_SHARE = 0.5;
    /** The least part that is letters of UTF-8 in lines without a fault. Only short lines are so by chance. */
    private static final double MIN_WHOLE_SHARE = 0.25;

    /** As many letters in one line are UTF-8 by chance in no Latin charset. */
    private static final int NO_CHANCE = 2;

    private static final FileCharset UTF_8 = new FileCharset(StandardCharsets.UTF_8.name(), false, 1);

    private final List<ByteLine> lines;

    MixedCharsetLines(List<ByteLine> lines) {
        this.lines = lines;
    }

    boolean isUtf8() {
        return lines.stream().allMatch(ByteLine::isWhole);
    }

    boolean isMostlyUtf8() {
        double letters = lines.stream().mapToInt(ByteLine::letters).sum();
        double whole = lines.stream()
                .filter(ByteLine::isWhole)
                .mapToInt(ByteLine::letters)
                .sum();
        int faults = lines.stream().mapToInt(line -> line.cut() + line.stray()).sum();
        return letters == 0
                ? faults == 1 && lines.get(lines.size() - 1).endsWithinLetter()
                : letters / (letters + faults) >= MIN_SHARE || whole / (letters + faults) >= MIN_WHOLE_SHARE;
    }

    /** Decodes UTF-8 with damaged lines, and with lines of another charset. */
    DecodedText utf8() {
        return read(UTF_8, line -> line.isWhole() || line.isRatherUtf8());
    }

    /** Decodes a guessed Latin charset, with single lines of UTF-8. */
    DecodedText latin(FileCharset guess) {
        return read(guess, line -> !line.isWhole() || line.letters() < NO_CHANCE);
    }

    private DecodedText read(FileCharset main, Predicate<ByteLine> own) {
        Charset charset = Charset.forName(main.charset());
        ByteArrayOutputStream others = new ByteArrayOutputStream();
        lines.stream().filter(own.negate()).forEach(line -> {
            others.writeBytes(line.bytes());
            others.write('\n');
        });
        FileCharset foreign = main == UTF_8 ? CharsetDetection.guess(others.toByteArray()) : UTF_8;
        Charset other = Charset.forName(foreign.charset());
        List<String> texts = new ArrayList<>();
        TreeSet<Integer> damaged = new TreeSet<>();
        TreeSet<Integer> strange = new TreeSet<>();
        for (ByteLine line : lines) {
            texts.add(line.in(own.test(line) ? charset : other));
            if (!own.test(line)) {
                strange.add(texts.size());
            } else if (main == UTF_8 && !line.isWhole()) {
                damaged.add(texts.size());
            }
        }
        boolean odd = !damaged.isEmpty() || !strange.isEmpty();
        return new DecodedText(texts, odd ? main.with(new UndecodableLines(damaged, strange, foreign)) : main);
    }
}
