package dev.caravan.durable;

import dev.caravan.settings.Nearest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Checks the files of a folder for what is asked of them beyond the rules for shipped ones: one flow, named like its file. */
final class FlowLint {
    /** Begins the message of the one mistake with which nothing else can be read. */
    static final String CALLS_ITSELF = "the Kamelet calls itself";

    private static final Set<String> ENTRIES = Set.of("route", "beans");

    private final CamelContext context;
    private final RouteLint.Report report;
    private final SchemaLint schema;

    /** @param context in which the folder's Kamelets are a plug-in */
    FlowLint(CamelContext context, RouteLint.Report report) {
        this.context = context;
        this.report = report;
        this.schema = new SchemaLint(report);
    }

    void check(Collection<FlowFile> files) {
        files.forEach(this::check);
    }

    private void check(FlowFile file) {
        Optional<YamlNode> root;
        try {
            root = read(file);
        } catch (MarkedYamlEngineException e) {
            // RouteLint says so.
            return;
        }
        if (root.isEmpty()) {
            report.add(file.name(), YamlNode.START, "the file is empty. Write a flow into it, or remove it");
        } else if (file.isKamelet()) {
            kamelet(file, root.get());
            schema.kamelet(file.name(), root.get());
        } else {
            routes(file, root.get());
        }
    }

    static Optional<YamlNode> read(FlowFile file) {
        try {
            return YamlNode.read(new ByteArrayInputStream(file.text().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kamelet(FlowFile file, YamlNode root) {
        String name = root.text("metadata", "name");
        if (!name.equals(file.kamelet())) {
            report.add(
                    file.name(),
                    root.get("metadata", "name").map(YamlNode::own).orElse(root),
                    "the Kamelet is called %s, but its file %s. Give both the same name"
                            .formatted(name.isEmpty() ? "nothing" : name, file.kamelet()));
        } else if (!name.matches("[a-z][a-z0-9-]*") || KameletText.isEnd(name)) {
            report.add(
                    file.name(),
                    root.get("metadata", "name").map(YamlNode::own).orElse(root),
                    "a Kamelet cannot be called %s. Use lower-case letters, digits and dashes".formatted(name));
        }
        if (callsItself(file.kamelet())) {
            YamlNode place = root.get("metadata", "name").map(YamlNode::own).orElse(root);
            report.add(file.name(), place, CALLS_ITSELF + ", directly or by way of others");
        }
    }

    private boolean callsItself(String kamelet) {
        Deque<String> open = new ArrayDeque<>(KameletText.of(context, kamelet).calls());
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String called = open.pop();
            if (called.equals(kamelet)) {
                return true;
            }
            if (seen.add(called) && KameletText.exists(context, called)) {
                open.addAll(KameletText.of(context, called).calls());
            }
        }
        return false;
    }

    private void routes(FlowFile file, YamlNode root) {
        List<YamlNode> flows = root.items();
        if (flows.isEmpty()) {
            report.add(file.name(), root, "the file is no list of flows. Begin with - route:");
        }
        boolean allKnown = flows.stream()
                .allMatch(flow -> ENTRIES.containsAll(flow.entries().keySet()));
        if (allKnown) {
            schema.routes(file.name(), root);
        }
        flows.forEach(flow -> flow.entries().forEach((name, entry) -> {
            if (!ENTRIES.contains(name)) {
                report.add(
                        file.name(),
                        entry,
                        "%s cannot stand in this folder%s. It takes - route: and - beans:"
                                .formatted(name, Nearest.hint(name, ENTRIES)));
            }
        }));
        List<YamlNode> routes =
                flows.stream().flatMap(flow -> flow.get("route").stream()).toList();
        routes.stream()
                .skip(1)
                .forEach(more -> report.add(
                        file.name(), more, "the file holds a second route. Put each into a file of its own"));
        routes.stream()
                .filter(route -> route.text("id").isEmpty())
                .forEach(route -> report.add(
                        file.name(), route, "the route has no id. Give it one; it is the name of the pipeline"));
    }
}
