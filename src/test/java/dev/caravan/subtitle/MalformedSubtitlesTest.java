package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One hundred files with faults in most of their cues: each cue is shown, or told of. */
class MalformedSubtitlesTest {
    /** A fault takes a well-written cue and a source of chance. */
    private enum Fault implements BiFunction<String, Random, String> {
        NONE((cue, random) -> cue),
        NO_INDEX((cue, random) -> cue.substring(cue.indexOf('\n') + 1)),
        POINTS((cue, random) -> cue.replace(",", ".")),
        NO_HOURS((cue, random) -> cue.replace("00:", "")),
        ARROW((cue, random) -> cue.replace("-->", random.nextBoolean() ? "->" : "→")),
        EXCHANGED((cue, random) -> cue.replaceAll("(\\S+) --> (\\S+)", "$2 --> $1")),
        NO_LENGTH((cue, random) -> cue.replaceAll("(\\S+) --> (\\S+)", "$1 --> $1")),
        NEGATIVE((cue, random) -> cue.replaceAll("(\\S+) --> ", "-00:00:01,000 --> ")),
        BEFORE((cue, random) -> cue.replaceAll("(\\S+) --> (\\S+)", "-00:00:03,000 --> -00:00:01,000")),
        EMPTY((cue, random) -> cue.replaceAll("say.*", "")),
        ONLY_TAGS((cue, random) -> cue.replaceAll("say.*", "<i></i>{\\\\an8}")),
        UNREADABLE((cue, random) -> cue.replaceFirst("0(\\d) -->", "0x -->").replaceFirst(",\\d+ -->", ",xx -->")),
        ENTITIES((cue, random) -> cue.replace("say", "&quot;say&#33; &amp;lt; &lt;")),
        CODES((cue, random) -> cue.replace("say", "{\\an8}{\\i1}say{\\i0}\\N")),
        LONG_AGO((cue, random) -> cue.replaceAll("--> \\S+", "--> 00:00:00,000")),
        NO_TIMES((cue, random) -> cue.replaceFirst("\n.*-->.*\n", "\n")),
        BLANK_LINES((cue, random) -> cue.replace("\n", "\n \n"));

        private final BiFunction<String, Random, String> way;

        Fault(BiFunction<String, Random, String> way) {
            this.way = way;
        }

        @Override
        public String apply(String cue, Random random) {
            return way.apply(cue, random);
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void no_cue_is_lost_in_silence(int seed) {
        Random random = new Random(seed);
        int cues = 3 + random.nextInt(40);
        StringBuilder srt = new StringBuilder("1\n00:00:00,100 --> 00:00:00,900\nsay 0\n\n");
        boolean timeless = false;
        for (int at = 1; at < cues; at++) {
            Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
            // Without its number or times below one without them, a cue cannot be told from that one's text.
            boolean afterIt = timeless || at == 1 || fault != Fault.NO_TIMES;
            String cue = "%d\n00:00:%02d,000 --> 00:00:%02d,500\nsay %d\n\n".formatted(at + 1, at, at + 1, at);
            srt.append(afterIt && fault == Fault.NO_TIMES ? cue : fault.apply(cue, random));
            timeless = fault == Fault.NO_TIMES || fault == Fault.NO_INDEX || fault == Fault.BLANK_LINES;
        }
        String ends = random.nextInt(3) == 0 ? "\r\n" : random.nextBoolean() ? "\n" : "\r";
        DecodedText text = DecodedText.decode(srt.toString().replace("\n", ends).getBytes(StandardCharsets.UTF_8));
        Subtitles subtitles = new SrtParser(text.lines(), text.dialect()).parse(text.coding());
        assertThat(subtitles.found()).as(srt.toString()).isEqualTo(cues);
        int told = subtitles.remarks().lost();
        assertThat(subtitles.cues().size() + told).isEqualTo(cues);
        assertThat(subtitles.cues())
                .allMatch(cue -> cue.end() > cue.start() && !cue.text().isBlank());
        assertThat(subtitles.cues()).allMatch(cue -> cue.text().contains("say"));
        if (told > 0) {
            assertThat(subtitles.warnings().keySet()).anyMatch(code -> code.startsWith("CUES_"));
        }
    }
}
