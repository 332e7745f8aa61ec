package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandTemplateTest {

    @Test
    void each_line_is_one_argument_whatever_it_holds() {
        assertThat(arguments("-i\n{source}\n-metadata\ntitle=a b; rm -rf $HOME\n", Map.of("source", Path.of("/a b"))))
                .containsExactly("-i", "/a b", "-metadata", "title=a b; rm -rf $HOME");
    }

    @Test
    void comments_and_blank_lines_are_left_out() {
        assertThat(arguments("# what\n\n-an\n  # indented\n", Map.of())).containsExactly("-an");
    }

    @Test
    void an_indented_line_goes_on_the_one_above() {
        assertThat(arguments("-vf\nscale=1:2,\n  # why\n  null\n-an", Map.of()))
                .containsExactly("-vf", "scale=1:2,null", "-an");
    }

    @Test
    void a_guarded_line_stands_only_where_its_condition_holds() {
        String text = "-y\nwhen sound: -c:a\nwhen sound and codec=aac: aac\nwhen !sound: -an";
        assertThat(arguments(text, Map.of("sound", true, "codec", "aac"))).containsExactly("-y", "-c:a", "aac");
        assertThat(arguments(text, Map.of("sound", true, "codec", "mp3"))).containsExactly("-y", "-c:a");
        assertThat(arguments(text, Map.of("sound", false, "codec", ""))).containsExactly("-y", "-an");
    }

    @Test
    void zero_and_nothing_are_unset() {
        String text = "-y\nwhen hold: {hold}";
        assertThat(arguments(text, Map.of("hold", 0.0))).containsExactly("-y");
        assertThat(arguments(text, Map.of("hold", 0))).containsExactly("-y");
        assertThat(arguments(text, Map.of("hold", ""))).containsExactly("-y");
        assertThat(arguments(text, Map.of("hold", 1.5))).containsExactly("-y", "1.5");
    }

    @Test
    void the_first_fragment_that_applies_is_taken() {
        String text =
                """
                fragment turn when rotation=90: transpose,
                fragment turn when rotation=180: hflip,
                  vflip,
                -vf
                {turn}scale={width}:-2
                """;
        assertThat(arguments(text, Map.of("rotation", 90, "width", 8))).containsExactly("-vf", "transpose,scale=8:-2");
        assertThat(arguments(text, Map.of("rotation", 180, "width", 8)))
                .containsExactly("-vf", "hflip,vflip,scale=8:-2");
        assertThat(arguments(text, Map.of("rotation", 0, "width", 8))).containsExactly("-vf", "scale=8:-2");
    }

    @Test
    void fragments_may_use_fragments_above_them() {
        String text = "fragment a: x={n}\nfragment b: [{a}]\n-vf\n{b}{b}";
        assertThat(arguments(text, Map.of("n", 1))).containsExactly("-vf", "[x=1][x=1]");
        assertThatThrownBy(() -> CommandTemplate.parse("fragment b: {a}\nfragment a: x\n{b}"))
                .hasMessage("Line 1 of the command: it uses {a}, which is defined only further down");
        assertThatThrownBy(() -> CommandTemplate.parse("fragment a: {a}\n{a}")).isInstanceOf(TemplateException.class);
    }

    @Test
    void a_line_that_comes_out_empty_is_left_out() {
        assertThat(arguments("fragment f when on: x\n-y\n{f}", Map.of("on", false)))
                .containsExactly("-y");
    }

    @Test
    void numbers_are_written_the_way_ffmpeg_reads_them() {
        assertThat(arguments("{a}\n{b}\n{c}", Map.of("a", 1e-9, "b", 1234567.0, "c", 1 / 3.0)))
                .containsExactly("0", "1234567", "0.333333");
    }

    @Test
    void text_inside_a_filter_graph_must_be_one_plain_word() {
        assertThatThrownBy(() -> arguments("-vf\nscale={w}", Map.of("w", "1:1,movie=/etc/passwd")))
                .hasMessageContaining("Line 2")
                .hasMessageContaining("{w} is not one plain word");
        assertThatThrownBy(() -> arguments("movie={f}", Map.of("f", Path.of("/x"))))
                .hasMessageContaining("must be an argument of its own");
    }

    @Test
    void errors_name_their_line() {
        assertThatThrownBy(() -> arguments("-y\n\n{nothing}", Map.of()))
                .hasMessage("Line 3 of the command: there is no value named 'nothing'");
        assertThatThrownBy(() -> CommandTemplate.parse("-y\nwhen : x")).hasMessageContaining("Line 2");
        assertThatThrownBy(() -> CommandTemplate.parse("-y\nwhen a or b: x")).hasMessageContaining("is no condition");
        assertThatThrownBy(() -> CommandTemplate.parse("-y\n{Nope}")).hasMessageContaining("Line 2");
        assertThatThrownBy(() -> CommandTemplate.parse("  -y")).hasMessageContaining("no line above it");
        assertThatThrownBy(() -> CommandTemplate.parse("# only\n")).hasMessageContaining("no arguments");
    }

    @Test
    void a_condition_alone_holds_for_the_indented_lines_below_it() {
        String text = "-y\nwhen even:\n  -itsoffset\n  {start}\n  when far: -x\n  -vf\n  a,\n    b\n-an";
        assertThat(arguments(text, Map.of("even", true, "far", true, "start", 2)))
                .containsExactly("-y", "-itsoffset", "2", "-x", "-vf", "a,b", "-an");
        assertThat(arguments(text, Map.of("even", true, "far", false, "start", 2)))
                .containsExactly("-y", "-itsoffset", "2", "-vf", "a,b", "-an");
        assertThat(arguments(text, Map.of("even", false))).containsExactly("-y", "-an");
        assertThatThrownBy(() -> CommandTemplate.parse("-y\nwhen even:\n-an"))
                .hasMessage("Line 2 of the command: this condition has no lines: indent those that it is for");
        assertThatThrownBy(() -> CommandTemplate.parse("-y\nwhen even:")).hasMessageContaining("has no lines");
    }

    @Test
    void shared_arguments_are_put_in_by_name() {
        FragmentFiles files = files(Map.of(
                "shape", "# why\nfragment size: {w}x{h}\n",
                "output", "use shape\n-s\n{size}\n-map\n{picture}"));
        assertThat(CommandTemplate.parse("use output with picture=[a], w={width}\n-an", files)
                        .arguments(Map.of("width", 4, "w", 3, "h", 2)))
                .containsExactly("-s", "3x2", "-map", "[a]", "-an");
    }

    @Test
    void shared_arguments_stand_under_the_condition_of_the_line_that_uses_them() {
        FragmentFiles files = files(Map.of("still", "fragment f when jpeg: j\nfragment f: p\n-q\n{f}"));
        String text = "-y\nwhen stills: use still\nfragment f: none\n{f}";
        CommandTemplate command = CommandTemplate.parse(text, files);
        assertThat(command.arguments(Map.of("stills", true, "jpeg", true))).containsExactly("-y", "-q", "j", "j");
        assertThat(command.arguments(Map.of("stills", true, "jpeg", false))).containsExactly("-y", "-q", "p", "p");
        assertThat(command.arguments(Map.of("stills", false, "jpeg", true))).containsExactly("-y", "none");
    }

    @Test
    void a_file_that_is_used_wrongly_is_named() {
        FragmentFiles files = files(Map.of("again", "use again", "wrong", "-y\n{Nope}"));
        assertThatThrownBy(() -> CommandTemplate.parse("-y\nuse nothing", files))
                .hasMessage("Line 2 of the command: there is no file nothing.ffmpeg of shared arguments");
        assertThatThrownBy(() -> CommandTemplate.parse("use again", files)).hasMessageContaining("uses itself");
        assertThatThrownBy(() -> CommandTemplate.parse("-y\n\nuse wrong", files))
                .hasMessageContaining("Line 3 of the command: in wrong.ffmpeg: Line 2")
                .hasMessageContaining("a placeholder is written {name}");
        assertThatThrownBy(() -> CommandTemplate.parse("use wrong with a b", files))
                .hasMessageContaining("'a b' is no parameter");
    }

    @Test
    void files_of_a_folder_of_ones_own_go_before_those_that_come_with_caravan() {
        FragmentFiles own = files(Map.of("mp4", "-f\nmatroska")).before(FragmentFiles.SHIPPED);
        assertThat(CommandTemplate.parse("use mp4\nuse no-metadata", own).arguments(Map.of()))
                .containsExactly("-f", "matroska", "-map_metadata", "-1", "-map_chapters", "-1");
    }

    private static FragmentFiles files(Map<String, String> texts) {
        return name -> Optional.ofNullable(texts.get(name));
    }

    @Test
    void it_tells_which_values_it_may_ask_for() {
        assertThat(CommandTemplate.parse("fragment f when a=1: {b}\n{f}{c}\nwhen !d: x")
                        .names())
                .containsExactly("a", "b", "c", "d");
    }

    private static List<String> arguments(String text, Map<String, Object> values) {
        return CommandTemplate.parse(text).arguments(values);
    }
}
