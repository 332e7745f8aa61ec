package dev.caravan.durable;

import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import dev.caravan.storage.MediaFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;

/**
 * An exchange at one point of a pipeline: body, headers and variables. Taken before a step and put back before each
 * of its attempts, so that a half-done attempt leaves nothing behind.
 */
final class Snapshot {
    /** A DynamoDB item holds 400 KB in all; long text belongs in S3. */
    private static final int MAX_VARIABLE = 64 * 1024;

    private static final String FILE = "file";
    private static final String VARIABLES = "variables";

    private final Object body;
    private final Map<String, Object> headers;
    private final Map<String, Object> variables;

    private Snapshot(Exchange exchange) {
        this.body = exchange.getMessage().getBody();
        this.headers = new LinkedHashMap<>(exchange.getMessage().getHeaders());
        this.variables = new LinkedHashMap<>(exchange.getVariables());
    }

    static Snapshot of(Exchange exchange) {
        return new Snapshot(exchange);
    }

    void restore(Exchange exchange) {
        exchange.getMessage().setBody(body);
        exchange.getMessage().getHeaders().clear();
        exchange.getMessage().getHeaders().putAll(headers);
        exchange.getVariables().keySet().stream().toList().forEach(exchange::removeVariable);
        variables.forEach(exchange::setVariable);
    }

    /** What a step changed since this snapshot, as plain JSON: the body if it is another file, and new or other variables. */
    Map<String, Object> changes(Exchange exchange, String step) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        Object now = exchange.getMessage().getBody();
        if (!Objects.equals(now, body)) {
            if (!(now instanceof MediaFile)) {
                throw invalid("Step %s left a %s as the body; a job's body is always a file in S3"
                        .formatted(step, now == null ? "null" : now.getClass().getSimpleName()));
            }
            outputs.put(FILE, Json.toMap(now));
        }
        Map<String, Object> learned = new LinkedHashMap<>();
        exchange.getVariables().forEach((name, value) -> {
            if (!Objects.equals(value, variables.get(name))) {
                learned.put(name, plain(step, name, value));
            }
        });
        if (!learned.isEmpty()) {
            outputs.put(VARIABLES, learned);
        }
        return outputs;
    }

    private static Object plain(String step, String name, Object value) {
        String text = Json.text(value);
        if (text.length() > MAX_VARIABLE) {
            throw invalid("Step %s set variable %s to %d characters of JSON; more than %d belong in S3"
                    .formatted(step, name, text.length(), MAX_VARIABLE));
        }
        return Json.MAPPER.convertValue(value, Object.class);
    }

    private static StepException invalid(String what) {
        return StepException.permanent("STEP_OUTPUT_INVALID", what, "Mend the step's Kamelet, then retry the job.");
    }

    /** Puts recorded outputs of a finished step back. */
    static void restoreOutputs(Map<String, Object> outputs, Exchange exchange) {
        MediaFile made = file(outputs);
        if (made != null) {
            exchange.getMessage().setBody(made);
        }
        variables(outputs).forEach(exchange::setVariable);
    }

    /** The file in recorded outputs; null where the step made none. */
    static MediaFile file(Map<String, Object> outputs) {
        return outputs == null || outputs.get(FILE) == null ? null : Json.convert(outputs.get(FILE), MediaFile.class);
    }

    /** The variables in recorded outputs. */
    static Map<String, Object> variables(Map<String, Object> outputs) {
        Map<String, Object> variables = new LinkedHashMap<>();
        if (outputs != null && outputs.get(VARIABLES) instanceof Map<?, ?> learned) {
            learned.forEach((name, value) -> variables.put((String) name, value));
        }
        return variables;
    }
}
