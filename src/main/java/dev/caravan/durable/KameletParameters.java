package dev.caravan.durable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.Resource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Lets a parameter of a Kamelet hold any text, such as a block of several lines. Camel carries parameters in a URI, from
 * which it takes the line breaks, and which it cuts at each {@code &}. So such text is encoded in the URI, and decoded
 * before the Kamelet's template reads it. All other parameters stay as they are.
 */
public final class KameletParameters extends ModelLifecycleStrategySupport {
    private static final Pattern CALL = Pattern.compile("kamelet:(?!source|sink)[a-z].*\\?.*", Pattern.DOTALL);
    private static final String ENCODED = "text-";
    /** What Camel's URIs lose or misread. */
    private static final Pattern FRAGILE = Pattern.compile("[\\n\\r&%+#?]");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z][A-Za-z0-9]*)(:[^}]*)?}}");

    private final CamelContext context;

    public KameletParameters(CamelContext context) {
        this.context = context;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        Map<String, Object> own = route.getTemplateParameters();
        if (own != null) {
            own.replaceAll((name, value) -> value instanceof String text ? decode(text) : value);
        }
        Collection<ToDefinition> calls =
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class);
        Map<String, Map<String, String>> written = null;
        for (ToDefinition call : calls) {
            String uri = call.getUri();
            if (CALL.matcher(uri).matches()
                    && (own != null || FRAGILE.matcher(query(uri)).find())) {
                written = written == null ? written(route.getResource()) : written;
                call.setUri(encoded(uri, written.getOrDefault(uri, Map.of()), own == null ? Map.of() : own));
            }
        }
    }

    private static String query(String uri) {
        return uri.substring(uri.indexOf('?') + 1);
    }

    /** @param written the parameters as they stand in the file; empty where the file is not known */
    private String encoded(String uri, Map<String, String> written, Map<String, Object> own) {
        Map<String, String> parameters = written.isEmpty() ? split(uri) : written;
        return uri.substring(0, uri.indexOf('?') + 1)
                + parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue(), own))
                        .collect(Collectors.joining("&"));
    }

    private String encoded(String value, Map<String, Object> own) {
        String filled = PLACEHOLDER.matcher(value).replaceAll(found -> {
            Object given = own.get(found.group(1));
            return Matcher.quoteReplacement(given == null ? found.group() : given.toString());
        });
        return FRAGILE.matcher(filled).find() && !filled.startsWith("RAW(")
                ? encode(context.resolvePropertyPlaceholders(filled))
                : value;
    }

    /** By the names that the Kamelet has: only there can another parameter begin. */
    private Map<String, String> split(String uri) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : query(uri).split("&(?=(" + String.join("|", names(uri)) + ")=)")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length < 2 ? "" : parts[1]);
        }
        return parameters;
    }

    /** A Kamelet of an integrator is loaded under a name with a version, and is no file of the class path. */
    private Collection<String> names(String uri) {
        RouteTemplateDefinition loaded = ((ModelCamelContext) context)
                .getRouteTemplateDefinition(uri.replaceFirst("(?s)kamelet:([^/?]+).*", "$1"));
        return loaded == null
                ? KameletText.of(context, KameletText.nameOf(uri)).properties().keySet()
                : loaded.getTemplateParameters().stream()
                        .map(RouteTemplateParameterDefinition::getName)
                        .toList();
    }

    /** The parameters of each call in a file, by the URI that Camel makes of them. */
    private static Map<String, Map<String, String>> written(Resource file) {
        Map<String, Map<String, String>> calls = new HashMap<>();
        if (file == null || !file.exists()) {
            return calls;
        }
        try (InputStream in = file.getInputStream()) {
            collect(new Load(LoadSettings.builder().build()).loadFromInputStream(in), calls);
            return calls;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(Object node, Map<String, Map<String, String>> calls) {
        if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, calls));
        } else if (node instanceof Map<?, ?> map) {
            if (map.get("uri") instanceof String uri && map.get("parameters") instanceof Map<?, ?> given) {
                Map<String, String> parameters = new TreeMap<>();
                given.forEach((name, value) -> parameters.put(String.valueOf(name), String.valueOf(value)));
                calls.put(
                        uri
                                + parameters.entrySet().stream()
                                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                                        .collect(Collectors.joining("&", "?", "")),
                        parameters);
            }
            map.values().forEach(value -> collect(value, calls));
        }
    }

    /** The value as a URI can carry it. */
    public static String encode(String value) {
        return ENCODED + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The value as it was written. */
    static String decode(String value) {
        return value.startsWith(ENCODED) && value.matches(ENCODED + "[A-Za-z0-9.*_%-]*")
                ? URLDecoder.decode(value.substring(ENCODED.length()), StandardCharsets.UTF_8)
                : value;
    }
}
