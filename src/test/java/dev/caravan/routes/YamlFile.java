package dev.caravan.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;

/** A route or Kamelet file of the sources: its text, and the tree that it is. */
record YamlFile(Path path, String text, Object tree) {
    private static final List<Path> ROOTS = List.of(Path.of("src/main/resources"), Path.of("src/test/resources"));
    static final String ROUTE = ".camel.yaml";
    static final String KAMELET = ".kamelet.yaml";

    /** One key and its value, with the keys above it. */
    record Entry(List<String> above, String key, Object value) {
        String parent() {
            return above.isEmpty() ? "" : above.get(above.size() - 1);
        }
    }

    static List<YamlFile> all() {
        return Stream.concat(routes().stream(), kamelets().stream()).toList();
    }

    static List<YamlFile> routes() {
        return in("routes");
    }

    static List<YamlFile> kamelets() {
        return in("kamelets");
    }

    /** What integrators find as examples. */
    static List<YamlFile> examples() {
        try (Stream<Path> found = Files.list(Path.of("docs/examples"))) {
            return found.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(YamlFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Kamelets that are part of the product, by name. */
    static List<YamlFile> ownKamelets() {
        return kamelets().stream()
                .filter(file -> file.path().startsWith(ROOTS.get(0)))
                .toList();
    }

    /** The pipelines that are part of the product, by name. */
    static List<YamlFile> ownPipelines() {
        return routes().stream()
                .filter(file -> file.path().startsWith(ROOTS.get(0)))
                .filter(file -> file.path().getParent().endsWith("pipelines"))
                .toList();
    }

    private static List<YamlFile> in(String folder) {
        List<YamlFile> files = new ArrayList<>();
        for (Path root : ROOTS) {
            if (Files.isDirectory(root.resolve(folder))) {
                try (Stream<Path> found = Files.walk(root.resolve(folder))) {
                    found.filter(Files::isRegularFile)
                            .sorted()
                            .map(YamlFile::read)
                            .forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }

    private static YamlFile read(Path path) {
        try {
            String text = Files.readString(path);
            return new YamlFile(path, text, new Load(LoadSettings.builder().build()).loadFromString(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean kamelet() {
        return path.toString().endsWith(KAMELET);
    }

    /** The file's name without its ending. */
    String name() {
        String file = path.getFileName().toString();
        return file.contains(".") ? file.substring(0, file.indexOf('.')) : file;
    }

    /** The entries of a route file: {@code beans}, {@code route}, {@code rest}. */
    List<Map<String, Object>> flows() {
        return ((List<?>) tree).stream().map(YamlFile::map).toList();
    }

    /** The maps under {@code kind} among the flows. */
    List<Map<String, Object>> flows(String kind) {
        return flows().stream()
                .filter(flow -> flow.containsKey(kind))
                .map(flow -> map(flow.get(kind)))
                .toList();
    }

    /** The map at this path of keys; empty where there is none. */
    Map<String, Object> at(String... keys) {
        Object node = tree;
        for (String key : keys) {
            node = map(node).get(key);
        }
        return map(node);
    }

    /** Every key with its value, in the order of the file. */
    List<Entry> entries() {
        return entries(tree);
    }

    static List<Entry> entries(Object node) {
        List<Entry> found = new ArrayList<>();
        collect(node, List.of(), found);
        return found;
    }

    private static void collect(Object node, List<String> above, List<Entry> found) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                found.add(new Entry(above, String.valueOf(key), value));
                List<String> deeper = new ArrayList<>(above);
                deeper.add(String.valueOf(key));
                collect(value, deeper, found);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, above, found));
        }
    }

    /** The parser's events, comments among them. */
    Iterable<Event> events() {
        LoadSettings settings = LoadSettings.builder().setParseComments(true).build();
        return new org.snakeyaml.engine.v2.api.lowlevel.Parse(settings).parseString(text);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object node) {
        return node instanceof Map ? (Map<String, Object>) node : Map.of();
    }

    @Override
    public String toString() {
        return path.getParent().getFileName() + "/" + path.getFileName();
    }
}
