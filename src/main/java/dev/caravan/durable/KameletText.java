package dev.caravan.durable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A Kamelet's own file, read as text: for its hash, and for what it must not contain. */
final class KameletText {
    private static final Pattern CALL = Pattern.compile("kamelet:([a-z0-9-]+)");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");
    private static final Set<String> ENDS = Set.of("source", "sink");
    /** Settings that a Kamelet reads; secrets are left out of hashes, so that a new key does not repeat paid work. */
    private static final Pattern SETTING = Pattern.compile("\\{\\{\\??(caravan\\.[a-z0-9.-]+)(:[^}]*)?}}");

    /** How a step asks for leave to call a provider. */
    private static final Pattern PROVIDER = Pattern.compile("ref:\\s*providers\\s+method:[^'\\n]*'([^']+)'");

    private static final Pattern PROPERTY = Pattern.compile("\\{\\{\\??([A-Za-z]+)}}");

    /** Annotation of a Kamelet: the variables that its beans leave, with commas between. */
    private static final String LEAVES = "caravan.dev/leaves";

    private static final Pattern SET_VARIABLE =
            Pattern.compile("setVariable:\\s+(?:id:[^\\n]*\\s+)?name:\\s*\"?([\\w.-]+)");
    private static final Pattern BEAN = Pattern.compile("\\bbean:|\\bscript:|\\bprocess:|\\bclass:");

    private static final Pattern SECRET = Pattern.compile(".*(secret|password|token|api-key|access-key).*");

    private final CamelContext context;
    private final String name;
    private final String text;
    private JsonNode tree;

    private KameletText(CamelContext context, String name, String text) {
        this.context = context;
        this.name = name;
        this.text = text;
    }

    /** The names {@code source} and {@code sink}, which mean the ends of a Kamelet. */
    static boolean isEnd(String name) {
        return ENDS.contains(name);
    }

    /** The folders of Kamelets, as Camel looks through them. */
    static List<String> locations(CamelContext context) {
        String locations =
                context.resolvePropertyPlaceholders("{{camel.component.kamelet.location:classpath:kamelets}}");
        return Stream.of(locations.split(",")).map(String::trim).toList();
    }

    static boolean exists(CamelContext context, String name) {
        return find(context, name).isPresent();
    }

    static KameletText of(CamelContext context, String name) {
        return find(context, name)
                .orElseThrow(() ->
                        new IllegalStateException("There is no Kamelet %s in %s".formatted(name, locations(context))));
    }

    private static Optional<KameletText> find(CamelContext context, String name) {
        Optional<FlowFile> own = OwnKamelets.in(context).find(name);
        if (own.isPresent()) {
            return own.map(file -> new KameletText(context, name, file.text()));
        }
        for (String location : locations(context)) {
            String uri = location + "/" + name + ".kamelet.yaml";
            try (InputStream in = ResourceHelper.resolveResourceAsInputStream(context, uri)) {
                if (in != null) {
                    return Optional.of(
                            new KameletText(context, name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.empty();
    }

    /** The name in {@code kamelet:name?...}. */
    static String nameOf(String uri) {
        Matcher call = CALL.matcher(uri);
        if (!call.find()) {
            throw new IllegalArgumentException(uri + " is no Kamelet");
        }
        return call.group(1);
    }

    /**
     * The text with the settings that it reads put in, the arguments that it shares with others, and the same of the Kamelets
     * that it calls.
     */
    String resolved() {
        return SETTING.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                SECRET.matcher(found.group(1)).matches()
                                        ? "secret"
                                        : context.resolvePropertyPlaceholders(found.group())))
                + SharedArguments.usedBy(text)
                + calls().stream().map(name -> of(context, name).resolved()).collect(Collectors.joining());
    }

    /** The first thing in it, or in a Kamelet that it calls, that may not stand in a step. */
    Optional<String> forbidden() {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(text);
        return Stream.concat(
                        find(tree).stream(),
                        calls().stream()
                                .map(name -> of(context, name).forbidden())
                                .flatMap(Optional::stream))
                .findFirst();
    }

    /** The definition of one of its properties, which is a JSON schema. */
    Optional<JsonNode> property(String property) {
        return Optional.ofNullable(properties().get(property));
    }

    /** The definitions of its properties, by name. */
    Map<String, JsonNode> properties() {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        tree().at("/spec/definition/properties")
                .fields()
                .forEachRemaining(property -> properties.put(property.getKey(), property.getValue()));
        return properties;
    }

    String text() {
        return text;
    }

    /** Its text, and that of the Kamelets that it calls. */
    String whole() {
        return text
                + calls().stream().map(called -> of(context, called).whole()).collect(Collectors.joining());
    }

    String name() {
        return name;
    }

    /**
     * The variables that it leaves: those that its annotation names, and those that its template or a called Kamelet sets.
     *
     * @param parameters that it is called with: {@code {variable}} in the annotation stands for the value of one
     */
    Set<String> variables(Map<String, String> parameters) {
        Set<String> variables = new TreeSet<>();
        annotated()
                .forEach(name -> variables.add(
                        name.matches("\\{\\w+}") ? value(name.substring(1, name.length() - 1), parameters) : name));
        Matcher set = SET_VARIABLE.matcher(text);
        while (set.find()) {
            variables.add(set.group(1));
        }
        calls().forEach(called -> variables.addAll(of(context, called).variables(parameters)));
        return variables;
    }

    /** False where a bean or a script may set variables that nothing names. */
    boolean namesItsVariables() {
        return tree().at("/metadata/annotations").has(LEAVES)
                || !BEAN.matcher(text).find()
                        && calls().stream()
                                .allMatch(called -> of(context, called).namesItsVariables());
    }

    private List<String> annotated() {
        String names = tree().at("/metadata/annotations").path(LEAVES).asText();
        return names.isBlank() ? List.of() : List.of(names.trim().split("\\s*,\\s*"));
    }

    /** The properties that a caller has to set. */
    List<String> required() {
        List<String> names = new ArrayList<>();
        tree().at("/spec/definition/required").forEach(name -> names.add(name.asText()));
        return names;
    }

    private JsonNode tree() {
        if (tree == null) {
            tree = Json.MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
        }
        return tree;
    }

    /** Whether it runs FFmpeg's programs, itself or by a Kamelet that it calls. */
    boolean runsFfmpeg() {
        return text.contains("exec:ff")
                || calls().stream().anyMatch(called -> of(context, called).runsFfmpeg());
    }

    /**
     * The providers whose limits it asks for leave, itself or by a Kamelet that it calls.
     *
     * @param parameters that it is called with: a provider may be the value of one
     */
    Set<String> providers(Map<String, String> parameters) {
        Set<String> providers = new TreeSet<>();
        Matcher leave = PROVIDER.matcher(text);
        while (leave.find()) {
            Matcher property = PROPERTY.matcher(leave.group(1));
            providers.add(property.matches() ? value(property.group(1), parameters) : leave.group(1));
        }
        calls().forEach(called -> providers.addAll(of(context, called).providers(parameters)));
        providers.remove("");
        return providers;
    }

    private String value(String property, Map<String, String> parameters) {
        String fallback = property(property)
                .map(definition -> definition.path("default").asText())
                .orElse("");
        return parameters.getOrDefault(property, fallback);
    }

    /** What {@code check}, given file name and text, has to say of it and of the Kamelets that it calls. */
    Stream<String> problems(BiFunction<String, String, List<String>> check) {
        return Stream.concat(
                check.apply(name + ".kamelet.yaml", text).stream(),
                calls().stream().flatMap(called -> of(context, called).problems(check)));
    }

    /** The Kamelets that it calls itself. */
    Set<String> calls() {
        Set<String> names = new LinkedHashSet<>();
        Matcher call = CALL.matcher(COMMENT.matcher(text).replaceAll(""));
        while (call.find()) {
            if (!isEnd(call.group(1))) {
                names.add(call.group(1));
            }
        }
        return names;
    }

    private static Optional<String> find(Object node) {
        if (node instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> find(String.valueOf(entry.getKey()), entry.getValue()))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return node instanceof List<?> list
                ? list.stream().map(KameletText::find).flatMap(Optional::stream).findFirst()
                : Optional.empty();
    }

    private static Optional<String> find(String key, Object value) {
        if (PipelineLint.FORBIDDEN_IN_STEPS.contains(key)) {
            return Optional.of(key);
        }
        if (key.equals("uri")
                && PipelineLint.FORBIDDEN_ENDPOINTS.stream().anyMatch(String.valueOf(value)::startsWith)) {
            return Optional.of(String.valueOf(value));
        }
        return find(value);
    }
}
