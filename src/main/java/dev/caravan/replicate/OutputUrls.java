package dev.caravan.replicate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.FetchTarget;
import dev.caravan.imports.DataUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the files that a prediction's output names. A text names a file if all of it is one URL, of http, https or of data
 * with a media type; a text that only begins like one is a text. Models answer with one, with several, or with fields, some
 * of which are files.
 */
final class OutputUrls {
    private static final int DEEPEST = 5;
    private static final Pattern WEB = Pattern.compile("(?i)https?://\\S+");
    /** Fields that lead to pages, to Replicate's own API, or to the model's input. */
    private static final Set<String> NO_FILES =
            Set.of("urls", "get", "cancel", "web", "homepage", "license", "logs", "input", "webhook");

    /** URLs by the fetched resource: a fragment makes no other file. */
    private final Map<String, String> urls = new LinkedHashMap<>();

    private OutputUrls() {}

    /** Returns the URLs in their order, each once. */
    static List<String> of(JsonNode output) {
        OutputUrls outputUrls = new OutputUrls();
        outputUrls.collect(output, 0);
        return new ArrayList<>(outputUrls.urls.values());
    }

    private void collect(JsonNode output, int depth) {
        if (output.isTextual()) {
            add(output.asText().strip());
        } else if (output.isArray() && depth < DEEPEST) {
            output.forEach(inner -> collect(inner, depth + 1));
        } else if (output.isObject() && depth < DEEPEST) {
            output.properties().forEach(field -> {
                if (!NO_FILES.contains(field.getKey())) {
                    collect(field.getValue(), depth + 1);
                }
            });
        }
    }

    private void add(String text) {
        if (DataUri.isMedia(text)) {
            urls.putIfAbsent(text, text);
        } else if (WEB.matcher(text).matches()) {
            try {
                urls.putIfAbsent(FetchTarget.of(text).text(), text);
            } catch (StepException e) {
                if (!e.failure().code().equals("URL_INVALID")) {
                    // A file that is not fetched is reported with its own reason.
                    urls.putIfAbsent(text, text);
                }
            }
        }
    }
}
