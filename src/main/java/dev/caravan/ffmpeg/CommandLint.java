package dev.caravan.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Checks the FFmpeg commands of a Kamelet before it runs, and says what is wrong with them. */
public final class CommandLint {
    private final String file;
    private final List<String> problems = new ArrayList<>();

    private CommandLint(String file) {
        this.file = file;
    }

    /**
     * @param file name for the messages
     * @param yaml the whole Kamelet
     * @return one sentence for each problem
     */
    public static List<String> problems(String file, String yaml) {
        CommandLint lint = new CommandLint(file);
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        commands(tree).forEach(lint::checkCommand);
        named(tree, "to").forEach(lint::checkEndpoint);
        return List.copyOf(lint.problems);
    }

    /** Returns the texts of all commands in a Kamelet, which is parsed YAML. */
    static Stream<String> commands(Object tree) {
        return named(tree, "setProperty")
                .filter(node -> FfmpegCall.COMMAND.equals(node.get("name")))
                .map(node -> text(node, "expression", "constant", "expression"));
    }

    private void checkCommand(String command) {
        try {
            CommandTemplate.parse(command);
        } catch (TemplateException e) {
            problems.add(file + ": " + e.getMessage());
        }
    }

    private void checkEndpoint(Map<?, ?> to) {
        String uri = text(to, "uri");
        if (!uri.startsWith("exec:")) {
            return;
        }
        if (!List.of("exec:ffmpeg", "exec:ffprobe", "exec:vips").contains(uri)) {
            problems.add(file + ": " + uri + " runs something else than ffmpeg, ffprobe or vips");
        }
        if (!text(to, "parameters", "commandExecutor").equals("#ffmpeg")
                || !text(to, "parameters", "binding").equals("#ffmpegCommand")) {
            problems.add(file + ": " + uri + " needs commandExecutor: \"#ffmpeg\" and binding: \"#ffmpegCommand\"");
        }
    }

    /** Returns every mapping under the key {@code name}, at any depth. */
    private static Stream<Map<?, ?>> named(Object tree, String name) {
        if (tree instanceof List<?> list) {
            return list.stream().flatMap(item -> named(item, name));
        }
        if (!(tree instanceof Map<?, ?> map)) {
            return Stream.empty();
        }
        Stream<Map<?, ?>> here = map.get(name) instanceof Map<?, ?> found ? Stream.of(found) : Stream.empty();
        return Stream.concat(here, map.values().stream().flatMap(value -> named(value, name)));
    }

    private static String text(Map<?, ?> map, String... path) {
        Object node = map;
        for (String key : path) {
            node = node instanceof Map<?, ?> inner ? inner.get(key) : null;
        }
        return node == null ? "" : node.toString();
    }
}
