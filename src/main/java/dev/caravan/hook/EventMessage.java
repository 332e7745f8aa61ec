package dev.caravan.hook;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Derivative;
import dev.caravan.failure.Failure;
import dev.caravan.job.Job;
import dev.caravan.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The message to a route: the text of its body, and its variables. */
record EventMessage(String body, Map<String, Object> variables) {

    /** @param asset of the event, or of the job; null where it is gone @param job null where its record is gone */
    static EventMessage of(HookEvent event, Asset asset, Job job) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (asset != null) {
            data.put("asset_id", asset.assetId());
            data.put("status", asset.status());
            data.put("type", asset.type());
            data.put("owner", asset.owner());
            data.put("filename", asset.filename());
            data.put("derivatives", derivatives(asset));
        }
        data.put("job_id", event.jobId());
        if (job != null) {
            data.put("pipeline", job.pipeline());
        }
        error(event, asset, job).ifPresent(error -> data.put("error", error));
        data.put("path", event.kind() == HookEvent.Kind.DEAD_LETTER ? "/api/v1/jobs/" + event.jobId() : path(asset));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", event.id());
        message.put("type", event.kind().word);
        message.put("timestamp", event.at());
        message.put("data", data);
        return new EventMessage(Json.text(message), variables(event, data));
    }

    private static String path(Asset asset) {
        return asset == null ? null : "/api/v1/media/" + asset.assetId();
    }

    private static List<String> derivatives(Asset asset) {
        return Optional.ofNullable(asset.derivatives()).orElse(List.of()).stream()
                .map(Derivative::type)
                .toList();
    }

    private static Optional<Map<String, Object>> error(HookEvent event, Asset asset, Job job) {
        Failure failure =
                switch (event.kind()) {
                    case ASSET_READY -> null;
                    case ASSET_FAILED -> asset == null ? null : asset.error();
                    case DEAD_LETTER -> job == null ? null : job.error();
                };
        return Optional.ofNullable(failure).map(found -> {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", found.code());
            error.put("step", found.step());
            error.put("message", found.message());
            error.put("advice", found.advice());
            return error;
        });
    }

    /** Returns variables for expressions such as {@code ${variable.type}}, with the names of choose-pipeline. */
    private static Map<String, Object> variables(HookEvent event, Map<String, Object> data) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("event", event.kind().word);
        variables.put("event_id", event.id());
        for (String name : List.of("asset_id", "job_id", "type", "owner", "filename", "pipeline", "path")) {
            variables.put(name, String.valueOf(data.getOrDefault(name, "")));
        }
        return variables;
    }
}
