package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.media.Clips;
import dev.caravan.media.Kamelets;
import dev.caravan.media.Result;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of the world, burned in and looked at. What no font here can draw must be said. */
class ScriptsIT {
    /** Letters of a private area, which no font for text has. */
    private static final String NOWHERE = "\uDBFF\uDFF0";

    @TempDir
    static Path root;

    private static Burning burning;
    private static Path grey;

    @BeforeAll
    static void start() {
        burning = new Burning(root);
        grey = Clips.make(
                root.resolve("grey.mp4"),
                "-f lavfi -i color=gray:s=640x360:r=10:d=2 -c:v libx264 -preset ultrafast -crf 10 -pix_fmt yuv420p");
    }

    @AfterAll
    static void stop() {
        burning.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latin|Zażółć gęślą jaźń",
                "greek|Καλημέρα κόσμε",
                "cyrillic|Привет, мир",
                "arabic|مرحبا بالعالم كيف الحال",
                "hebrew|שלום עולם מה שלומך",
                "chinese|你好世界，今天天气很好",
                "traditional|無名天地之始，有名萬物之母",
                "japanese|こんにちは世界、カタカナ",
                "korean|안녕하세요 세계",
                "thai|สวัสดีชาวโลก ยินดี",
                "hindi|नमस्ते दुनिया",
                "emoji|Yes 😀 ❤ ☺",
                "newer-emoji|Yes 🦄 🥳",
                "mixed|Hi שלום 你好 😀 สวัสดี",
            })
    void letters_of_every_script_are_drawn_or_told_of(String script, String text) {
        Kamelets.Run run = burning.run(grey, cue(text), "crf=10");
        Result result = new Result(run.output());
        Difference shown = Difference.from(result.frame(0).brightness(0, 0), result.frame(1));
        assertThat(shown.isNone()).isFalse();
        assertThat(shown.middle()).isCloseTo(320, within(4));
        boolean told = run.step.warnings.containsKey("GLYPHS_MISSING");
        assertThat(run.step.warnings).as("libass agrees").doesNotContainKey("GLYPHS_UNDRAWN");
        int shapes = shapes(result.frame(1));
        long letters = text.codePoints()
                .filter(letter -> !FontChoice.invisible(letter))
                .distinct()
                .count();
        if (!told) {
            assertThat(shapes).as("letters look different from each other").isGreaterThan((int) (letters / 3));
        }
    }

    @Test
    void letters_of_another_font_are_as_large_as_those_of_the_one_that_was_asked_for() {
        assertThat((double) height("国")).isGreaterThan(1.15 * height("H"));
        assertThat((double) height("สด")).isGreaterThan(0.75 * height("H"));
    }

    private static int height(String text) {
        Result result = burning.burn(grey, cue(text), "crf=10&outline=0&fontSize=300&position=middle");
        return Difference.from(result.frame(0).brightness(0, 0), result.frame(1))
                .height();
    }

    @Test
    void a_letter_that_no_font_has_is_named_with_its_line() {
        Kamelets.Run run = burning.run(grey, cue("a" + NOWHERE), "");
        assertThat(run.step.warnings.get("GLYPHS_MISSING")).contains("(U+10FFF0) in line 2");
        assertThat(run.step.warnings).doesNotContainKey("GLYPHS_UNDRAWN");
    }

    @Test
    void right_to_left_text_begins_at_the_right_and_ends_at_the_left() {
        Result plain = burning.burn(grey, cue("שלום <font color=\"#FF0000\">עולם</font>"), "crf=10&outline=0");
        Result.Frame frame = plain.frame(1);
        Difference all = Difference.from(plain.frame(0).brightness(0, 0), frame);
        assertThat(redness(frame, all.left(), all.middle())).isGreaterThan(redness(frame, all.middle(), all.right()));
        Result end = burning.burn(grey, cue("שלום עולם<font color=\"#FF0000\">!</font>"), "crf=10&outline=0");
        Difference mark = Difference.from(end.frame(0).brightness(0, 0), end.frame(1));
        assertThat(redness(end.frame(1), mark.left(), mark.left() + 8)).isPositive();
        assertThat(redness(end.frame(1), mark.middle(), mark.right())).isZero();
    }

    private static int redness(Result.Frame frame, int left, int right) {
        int red = 0;
        for (int x = left; x < right; x++) {
            for (int y = 280; y < 330; y++) {
                red += frame.red(x, y) - frame.component(x, y, 2) > 60 ? 1 : 0;
            }
        }
        return red;
    }

    /** How many different columns of light there are: boxes have few. */
    private static int shapes(Result.Frame frame) {
        Map<String, Integer> columns = new HashMap<>();
        for (int x = 0; x < frame.width(); x++) {
            StringBuilder column = new StringBuilder();
            for (int y = 290; y < 330; y++) {
                column.append(frame.brightness(x, y) > 200 ? '#' : '.');
            }
            columns.merge(column.toString(), 1, Integer::sum);
        }
        return columns.size();
    }

    private static String cue(String text) {
        return "1\n00:00:00,500 --> 00:00:02,000\n" + text + "\n";
    }
}
