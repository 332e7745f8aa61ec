package dev.caravan.durable;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;

/** Replaces values of a YAML text where they stand, so that all else keeps its line. */
final class TextEdits {
    private final Map<Integer, Edit> edits = new TreeMap<>(Comparator.reverseOrder());

    /** Places are counted in code points, as YAML's marks are. */
    private record Edit(int end, String replacement) {}

    void replace(YamlNode value, String replacement) {
        Node node = value.node();
        edits.put(
                node.getStartMark().orElseThrow().getIndex(),
                new Edit(node.getEndMark().orElseThrow().getIndex(), '"' + replacement + '"'));
    }

    String in(String text) {
        StringBuilder edited = new StringBuilder(text);
        edits.forEach((start, edit) -> edited.replace(
                text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, edit.end()), edit.replacement()));
        return edited.toString();
    }
}
