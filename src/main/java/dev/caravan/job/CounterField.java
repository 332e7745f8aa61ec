package dev.caravan.job;

import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Names the fields of the counters: {@code video_ready}, {@code job#standardize-video#normal#completed}. */
final class CounterField {
    private static final String JOB = "job#";

    private CounterField() {}

    static String of(AssetType type, AssetStatus status) {
        return type.word() + "_" + status.word();
    }

    /** Percent-encodes dots, which DynamoDB would read as paths into maps. */
    static String of(PipelineAndPriority kind, JobStatus status) {
        String pipeline = URLEncoder.encode(kind.pipeline(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
        String at = status.ended() ? status.name() : "open";
        return JOB + pipeline + ("#" + kind.priority() + "#" + at).toLowerCase(Locale.ROOT);
    }

    static boolean isOfJobs(String field) {
        return field.startsWith(JOB);
    }

    static PipelineAndPriority kind(String field) {
        String[] parts = field.split("#");
        return new PipelineAndPriority(
                URLDecoder.decode(parts[1], StandardCharsets.UTF_8),
                Priority.valueOf(parts[2].toUpperCase(Locale.ROOT)));
    }

    static JobStatus status(String field) {
        String word = field.substring(field.lastIndexOf('#') + 1);
        return Arrays.stream(JobStatus.values())
                .filter(status -> status.name().equalsIgnoreCase(word))
                .findFirst()
                .orElse(JobStatus.QUEUED);
    }
}
