package dev.caravan.durable;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a YAML file, with the place where it stands.
 *
 * @param line of its key, or of itself where it has none, from 1
 * @param column of the same, from 1
 */
record YamlNode(Node node, int line, int column) {

    /** The beginning of a file. */
    static final YamlNode START = new YamlNode(new ScalarNode(Tag.STR, "", ScalarStyle.PLAIN), 1, 1);

    /**
     * The whole file; empty where nothing stands in it.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException for text that is not YAML
     */
    static Optional<YamlNode> read(InputStream in) throws IOException {
        return new Compose(LoadSettings.builder().setUseMarks(true).build())
                .composeInputStream(in)
                .map(YamlNode::of);
    }

    /** A value that stands inside another one, as the parameters of a URI do. */
    static YamlNode within(YamlNode place, String text) {
        return new YamlNode(new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN), place.line(), place.column());
    }

    private static YamlNode of(Node node) {
        return at(node, node);
    }

    private static YamlNode at(Node place, Node node) {
        return new YamlNode(
                node,
                place.getStartMark().map(mark -> mark.getLine() + 1).orElse(1),
                place.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1));
    }

    /** Itself, at its own place and not at that of its key. */
    YamlNode own() {
        return node.getStartMark().isPresent() ? of(node) : this;
    }

    Optional<YamlNode> get(String... path) {
        Optional<YamlNode> found = Optional.of(this);
        for (String key : path) {
            found = found.map(each -> each.entries().get(key));
        }
        return found;
    }

    String text(String... path) {
        return get(path).map(YamlNode::text).orElse("");
    }

    /** A scalar as it is written; empty for all else. */
    String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    List<YamlNode> items() {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(YamlNode::of).toList()
                : List.of();
    }

    Map<String, YamlNode> entries() {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    entries.put(key.getValue(), at(key, entry.getValueNode()));
                }
            });
        }
        return entries;
    }

    /** Itself and all below it. */
    Stream<YamlNode> all() {
        Stream<YamlNode> below = Stream.concat(items().stream(), entries().values().stream());
        return Stream.concat(Stream.of(this), below.flatMap(YamlNode::all));
    }
}
