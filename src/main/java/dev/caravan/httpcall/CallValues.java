package dev.caravan.httpcall;

import dev.caravan.json.Json;
import dev.caravan.settings.Settings;
import dev.caravan.storage.MediaFile;
import dev.caravan.storage.ObjectLinks;
import dev.caravan.work.StepContext;
import dev.caravan.work.StepValues;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * The values that a call may name: the step's values, facts of the job and its file, variables of earlier steps
 * ({@code probe.video.width}), a link to the file ({@code file_url}), and settings {@code caravan.secret.<name>} as
 * {@code secret.name}.
 */
final class CallValues {
    private static final String SECRET = "secret.";
    private static final String FILE_URL = "file_url";

    private final Map<String, Object> known = new LinkedHashMap<>();
    private final MediaFile file;
    private final Function<MediaFile, String> link;
    private final Settings settings;

    CallValues(Exchange exchange, StepValues declared, Settings settings, ObjectLinks objectLinks, Duration links) {
        this.settings = settings;
        this.link = found -> objectLinks.link(found, links);
        this.file = exchange.getMessage().getBody() instanceof MediaFile body ? body : null;
        exchange.getVariables()
                .forEach((name, value) -> known.put(name, Json.MAPPER.convertValue(value, Object.class)));
        StepContext step = exchange.getProperty(StepContext.PROPERTY, StepContext.class);
        if (step != null) {
            known.put("asset_id", step.assetId());
            known.put("job_id", step.jobId());
            known.put("owner", step.owner());
            known.put("step", step.step());
        }
        if (file != null) {
            known.put("filename", Optional.ofNullable(file.filename()).orElse(""));
            known.put("size", file.size());
        }
        known.putAll(declared.with(step == null ? Map.of() : step.parameters()));
    }

    /** Finds a value, links and secrets included. */
    Optional<Object> find(String name) {
        if (name.startsWith(SECRET)) {
            String key = "caravan.secret." + name.substring(SECRET.length()).replace('_', '-');
            return settings.find(key).map(Object.class::cast);
        }
        return name.equals(FILE_URL) && file != null ? Optional.of(link.apply(file)) : plain(name);
    }

    /**
     * Finds a value that is the same for each attempt: without secrets, and with the file itself in place of a link to
     * it.
     */
    Optional<Object> lasting(String name) {
        if (name.startsWith(SECRET)) {
            return Optional.of("secret");
        }
        return name.equals(FILE_URL) && file != null ? Optional.of(file.uri() + "#" + file.etag()) : plain(name);
    }

    private Optional<Object> plain(String path) {
        Object at = known;
        for (String name : path.split("\\.")) {
            at = at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return Optional.ofNullable(at)
                .map(found -> found instanceof Map || found instanceof Iterable ? Json.text(found) : found);
    }
}
