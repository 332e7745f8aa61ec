package dev.caravan.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes events from a job's record, for changes without an event of the history. */
final class RecordEvents {
    private static final List<String> SHOWN = List.of(
            "job_id",
            "asset_id",
            "owner",
            "pipeline",
            "priority",
            "status",
            "waiting_for",
            "due_at",
            "current_step",
            "last_successful_step",
            "progress_percentage",
            "retry_count",
            "error",
            "worker",
            "created_at",
            "updated_at",
            "finished_at");

    private RecordEvents() {}

    /** Makes an event of the job's current state, in short; {@code GET /api/v1/jobs/{job_id}} returns all fields. */
    static LiveEvent snapshot(Job job, int percentage, String lastId, Clock clock) {
        ObjectNode record = Json.MAPPER.valueToTree(job);
        Map<String, Object> data = event(job, "snapshot", clock);
        Map<String, Object> all = Json.toMap(record.retain(SHOWN));
        all.forEach(data::putIfAbsent);
        data.put("progress_percentage", Math.max(percentage, job.progressPercentage()));
        pace(job, data);
        return new LiveEvent(job.jobId(), EventKind.STATUS, lastId, data);
    }

    /** Makes an event of a change of status that no event of the history reports. */
    static LiveEvent status(Job job, Clock clock) {
        Map<String, Object> data = event(job, job.status() == JobStatus.PROCESSING ? "claimed" : "changed", clock);
        data.put("worker", job.worker());
        data.put("progress_percentage", job.progressPercentage());
        return new LiveEvent(job.jobId(), EventKind.STATUS, null, data);
    }

    static LiveEvent progress(Job job, Clock clock) {
        Map<String, Object> data = event(job, "progress", clock);
        data.put("progress_percentage", job.progressPercentage());
        data.put("step", job.currentStep());
        pace(job, data);
        return new LiveEvent(job.jobId(), EventKind.PROGRESS, null, data);
    }

    /** Returns the fields that every event of a job has. */
    static Map<String, Object> facts(Job job) {
        return Map.of("asset_id", job.assetId(), "pipeline", job.pipeline(), "owner", job.owner());
    }

    private static Map<String, Object> event(Job job, String name, Clock clock) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("job_id", job.jobId());
        data.put("event", name);
        data.put("at", Timestamps.now(clock));
        data.put("status", job.status().name());
        data.putAll(facts(job));
        return data;
    }

    private static void pace(Job job, Map<String, Object> data) {
        if (job.pace() != null && !job.status().ended()) {
            data.put("speed", job.pace().speed());
            data.put("remaining_seconds", job.pace().remainingSeconds());
        }
    }
}
