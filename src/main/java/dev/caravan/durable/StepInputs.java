package dev.caravan.durable;

import dev.caravan.work.InputVersions;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** Finds the files that a step names besides the job's own, with their versions. */
final class StepInputs {
    private static final String INPUTS = "inputs";
    private static final Pattern LINE = Pattern.compile("(?m)^[ \\t]*([a-z][a-z0-9_]*)\\s*=\\s*(\\S.*?)\\s*$");

    private StepInputs() {}

    /**
     * By name, {@code uri#version}.
     *
     * @param uri of the step's call
     * @param parameters of the job for this step, which may name other files
     */
    static Map<String, String> of(CamelContext context, String uri, Map<String, Object> parameters) {
        Map<String, String> versions = new TreeMap<>();
        String lines =
                KameletCall.parameters(context.resolvePropertyPlaceholders(uri)).getOrDefault(INPUTS, "");
        InputVersions known = context.getRegistry().lookupByNameAndType(InputVersions.BEAN, InputVersions.class);
        if (known != null) {
            Matcher line = LINE.matcher(lines);
            while (line.find()) {
                String input = String.valueOf(parameters.getOrDefault(INPUTS + "." + line.group(1), line.group(2)));
                versions.put(line.group(1), input + "#" + known.of(input));
            }
        }
        return versions;
    }
}
