package dev.caravan.durable;

import dev.caravan.json.Json;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.RunningJob;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.StepDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Hashes what a step's result depends on: its own definition, its Kamelet's text, the settings that this reads; the
 * job's parameters for this step; the files it reads and what earlier steps learned. While they stay the same, the
 * recorded outputs hold.
 */
final class Fingerprint {
    private final CamelContext context;
    private final StepDefinition step;
    private volatile String definition;

    Fingerprint(CamelContext context, StepDefinition step) {
        this.context = context;
        this.step = step;
    }

    StepFingerprint of(Exchange exchange, RunningJob run) {
        MediaFile file = exchange.getMessage().getBody() instanceof MediaFile given ? given : null;
        return of(run.parameters(), exchange.getVariables(), file);
    }

    /**
     * @param parameters of the job for this step
     * @param variables what earlier steps learned
     * @param file what the step is given, or null
     */
    StepFingerprint of(Map<String, Object> parameters, Map<String, Object> variables, MediaFile file) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("variables", new TreeMap<>(variables));
        inputs.put("etag", file == null ? null : file.uri() + "#" + file.etag());
        Map<String, String> further = StepInputs.of(context, uri(), parameters);
        if (!further.isEmpty()) {
            inputs.put("inputs", further);
        }
        return new StepFingerprint(definition(), hash(parameters), hash(inputs));
    }

    private static String hash(Map<String, Object> values) {
        return sha256(Json.text(sameNumbers(Json.toMap(values))));
    }

    /** A number that was recorded comes back without its zeros: 25.0 is 25. */
    private static Object sameNumbers(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> same = new LinkedHashMap<>();
            map.forEach((name, inner) -> same.put(name, sameNumbers(inner)));
            return same;
        } else if (value instanceof Collection<?> list) {
            return list.stream().map(Fingerprint::sameNumbers).toList();
        }
        return value instanceof Number number
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : value;
    }

    /** Cannot change while the version is loaded, so it is hashed once. */
    String definition() {
        if (definition == null) {
            String uri = uri();
            definition = sha256(step.getId()
                    + canonical(context.resolvePropertyPlaceholders(uri))
                    + KameletCall.parameters(uri).values().stream()
                            .map(SharedArguments::usedBy)
                            .collect(Collectors.joining())
                    + KameletText.of(context, KameletText.nameOf(uri)).resolved());
        }
        return definition;
    }

    private String uri() {
        return ((ToDefinition) step.getOutputs().get(0)).getUri();
    }

    /** The order of parameters means nothing. */
    static String canonical(String uri) {
        int query = uri.indexOf('?');
        if (query < 0) {
            return uri;
        }
        String[] parameters = uri.substring(query + 1).split("&");
        Arrays.sort(parameters);
        return uri.substring(0, query) + "?" + String.join("&", parameters);
    }

    /** Eight hex digits, for the names of versions. */
    static String shortHash(String text) {
        return sha256(text).substring(0, 8);
    }

    private static String sha256(String text) {
        return DigestUtils.sha256Hex(text).substring(0, StepFingerprint.DIGITS);
    }
}
