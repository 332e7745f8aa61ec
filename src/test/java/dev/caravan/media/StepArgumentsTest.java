package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.CommandTemplate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepArgumentsTest {
    private static final Map<String, Object> VALUES =
            Map.of("source", Path.of("/w/source"), "logo", Path.of("/w/logo"), "sound", true, "crf", 20, "margin", 24);

    @Test
    void an_option_may_have_its_value_behind_a_blank() {
        assertThat(arguments("-i {source}\nwhen sound: -c:a aac\n-metadata title=a b\n-crf\n{crf}", "", List.of()))
                .containsExactly("-i", "/w/source", "-c:a", "aac", "-metadata", "title=a b", "-crf", "20");
    }

    @Test
    void further_inputs_are_labels_of_the_filter() {
        assertThat(arguments(
                        "-i {source}\n{inputs}\n-filter_complex [0:v]null[video];{labels}{filter}[v]",
                        "[video][logo]\n  overlay=W-w-{margin}:24",
                        List.of("logo")))
                .containsExactly(
                        "-i",
                        "/w/source",
                        "-i",
                        "/w/logo",
                        "-filter_complex",
                        "[0:v]null[video];[1:v]null[logo];[video][logo]overlay=W-w-24:24[v]");
    }

    @Test
    void a_filter_that_names_no_input_takes_the_picture() {
        assertThat(arguments("-vf {filter}", "hue=s=0", List.of())).containsExactly("-vf", "[video]hue=s=0");
    }

    @Test
    void a_value_cannot_change_the_filter() {
        Map<String, Object> evil = Map.of("margin", "24,movie=/etc/passwd");
        CommandTemplate template = CommandTemplate.parse(StepArguments.command("-vf crop={margin}", "", List.of()));
        assertThatThrownBy(() -> template.arguments(evil)).hasMessageContaining("not one plain word");
    }

    @Test
    void inputs_are_lines_and_a_job_may_set_one() {
        assertThat(StepInput.parse(
                        "logo = https://a/b?c=d\n\n# none\nmusic=asset:1/x", Map.of("inputs.logo", "asset:7")))
                .containsExactly(new StepInput("logo", "asset:7", true), new StepInput("music", "asset:1/x", false));
        assertThatThrownBy(() -> StepInput.parse("https://a", Map.of()))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("name=URI");
    }

    @Test
    void a_part_of_the_source_ends_with_it() {
        OutputLength part = OutputLength.of("{from}..{to}", Map.of("from", 3, "to", 10), 8);
        assertThat(part.length()).hasValue(5);
        assertThat(part.from()).hasValue(3);
        assertThat(OutputLength.of("source", Map.of(), 8).whole()).isTrue();
        assertThat(OutputLength.of("2.5", Map.of(), 8).length()).hasValue(2.5);
        assertThat(OutputLength.of("any", Map.of(), 8).length()).isEmpty();
    }

    private static List<String> arguments(String arguments, String filter, List<String> inputs) {
        return CommandTemplate.parse(StepArguments.command(arguments, filter, inputs))
                .arguments(VALUES);
    }
}
