package dev.caravan.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The OpenAPI document that the routes implement: the paths and methods that exist. */
public final class Contract {
    static final String RESOURCE = "openapi/caravan.openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode document;
    private final List<Path> paths = new ArrayList<>();

    /**
     * @param template as in the document
     * @param methods in upper case, sorted
     * @param queries names of query parameters by method; no entry if the operation takes any
     */
    private record Path(String template, String[] segments, Set<String> methods, Map<String, Set<String>> queries) {
        boolean matches(String[] wanted) {
            if (segments.length != wanted.length) {
                return false;
            }
            for (int i = 0; i < segments.length; i++) {
                if (!segments[i].equals(wanted[i]) && !(segments[i].startsWith("{") && !wanted[i].isEmpty())) {
                    return false;
                }
            }
            return true;
        }

        boolean literal() {
            return List.of(segments).stream().noneMatch(segment -> segment.startsWith("{"));
        }
    }

    Contract(JsonNode document) {
        this.document = document;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            Set<String> methods = new TreeSet<>();
            path.getValue().fieldNames().forEachRemaining(name -> {
                if (METHODS.contains(name)) {
                    methods.add(name.toUpperCase(Locale.ROOT));
                }
            });
            Map<String, Set<String>> queries = new TreeMap<>();
            if (!path.getValue().path("x-caravan-open-query").asBoolean()) {
                methods.forEach(method -> queries.put(method, queryNames(path.getValue(), method)));
            }
            paths.add(new Path(path.getKey(), path.getKey().split("/", -1), methods, queries));
        }
    }

    private Set<String> queryNames(JsonNode path, String method) {
        Set<String> names = new TreeSet<>();
        JsonNode operation = path.path(method.toLowerCase(Locale.ROOT));
        for (JsonNode parameters : List.of(path.path("parameters"), operation.path("parameters"))) {
            for (JsonNode written : parameters) {
                String reference = written.path("$ref").asText("");
                JsonNode parameter = reference.isEmpty() ? written : document.at(reference.substring(1));
                if (parameter.path("in").asText().equals("query")) {
                    names.add(parameter.path("name").asText());
                }
            }
        }
        return names;
    }

    static Contract load() {
        return new Contract(read(RESOURCE));
    }

    /** Returns the same paths, and those that {@code other} describes. */
    Contract with(JsonNode other) {
        Contract both = new Contract(document);
        both.paths.addAll(new Contract(other).paths);
        return both;
    }

    static JsonNode read(String resource) {
        try (InputStream yaml = Contract.class.getClassLoader().getResourceAsStream(resource)) {
            return new ObjectMapper(new YAMLFactory()).readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    /** Returns the methods of {@code path}; empty if nothing is there. */
    Optional<Set<String>> methods(String path) {
        return at(path).map(Path::methods);
    }

    /** Returns the path template that {@code path} matches: {@code /api/videos/{video_id}}. */
    Optional<String> template(String path) {
        return at(path).map(Path::template);
    }

    /** Returns the query parameters of an operation; empty if it takes any, or if there is no such operation. */
    Optional<Set<String>> queryNames(String path, String method) {
        return at(path).map(known -> known.queries().get(method));
    }

    /** Returns the media types of the body that an operation takes; empty if it takes none, or if it does not exist. */
    Set<String> bodyTypes(String path, String method) {
        Set<String> types = new TreeSet<>();
        at(path).ifPresent(known ->
                body(operation(known, method)).path("content").fieldNames().forEachRemaining(types::add));
        return types;
    }

    /** Says whether an operation takes signed messages, whose signature is checked before the body is read. */
    boolean signed(String path, String method) {
        return at(path).map(known ->
                        operation(known, method).path("x-caravan-signed").asBoolean())
                .orElse(false);
    }

    private JsonNode operation(Path known, String method) {
        return document.path("paths").path(known.template()).path(method.toLowerCase(Locale.ROOT));
    }

    /** Returns the body that {@code operation} takes; references to components are followed. */
    JsonNode body(JsonNode operation) {
        JsonNode body = operation.path("requestBody");
        String reference = body.path("$ref").asText("");
        return reference.isEmpty() ? body : document.at(reference.substring(1));
    }

    private Optional<Path> at(String path) {
        String[] wanted = path.split("/", -1);
        List<Path> matching =
                paths.stream().filter(candidate -> candidate.matches(wanted)).toList();
        return matching.stream().filter(Path::literal).findFirst().or(() -> matching.stream()
                .findFirst());
    }

    /** Returns the document, for programs. */
    public JsonNode document() {
        return document;
    }
}
