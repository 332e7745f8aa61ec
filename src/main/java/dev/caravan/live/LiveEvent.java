package dev.caravan.live;

import dev.caravan.job.History;
import dev.caravan.job.JobFields;
import dev.caravan.job.JobStatus;
import dev.caravan.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An event of a job, as clients receive it.
 *
 * @param id the key of the history's item; null for an event that the history does not keep
 * @param data becomes the JSON of the event; always has {@code job_id}, {@code event} and {@code at}
 */
record LiveEvent(String jobId, EventKind kind, String id, Map<String, Object> data) {
    /** Maps an event of the history to the status of its job after it; an event that is not listed does not determine it. */
    private static final Map<String, JobStatus> AFTER = Map.of(
            "accepted", JobStatus.QUEUED,
            "claimed", JobStatus.PROCESSING,
            "step-started", JobStatus.PROCESSING,
            "step-done", JobStatus.PROCESSING,
            "step-failed", JobStatus.RETRYING,
            "postponed", JobStatus.RETRYING,
            "given-back", JobStatus.QUEUED,
            "completed", JobStatus.COMPLETED,
            "failed", JobStatus.FAILED,
            "cancelled", JobStatus.CANCELLED);

    /** @param item of the history, as in the table */
    static LiveEvent of(Map<String, Object> item) {
        String id = String.valueOf(item.get(JobFields.ITEM));
        String jobId = String.valueOf(item.get(JobFields.JOB_ID));
        String name = String.valueOf(item.get(JobFields.EVENT));
        Map<String, Object> data = new LinkedHashMap<>(item);
        data.remove(JobFields.ITEM);
        Object ofStep = data.remove(JobFields.STATUS);
        if (ofStep != null) {
            data.put("step_status", ofStep);
        }
        JobStatus after = after(name);
        if (after != null) {
            data.put(JobFields.STATUS, after.name());
        }
        return new LiveEvent(jobId, EventKind.of(name), id, data);
    }

    /** Null where the name does not determine it; {@code taken-back} leaves a job queued, or its end follows. */
    static JobStatus after(String name) {
        return name.equals("taken-back") ? JobStatus.QUEUED : AFTER.get(name);
    }

    String name() {
        return String.valueOf(data.get(JobFields.EVENT));
    }

    Optional<JobStatus> status() {
        return Optional.ofNullable(data.get(JobFields.STATUS))
                .map(String::valueOf)
                .map(JobStatus::valueOf);
    }

    boolean ends() {
        return status().map(JobStatus::ended).orElse(false);
    }

    /** Returns the same event with further fields of its job. */
    LiveEvent with(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(data);
        more.forEach(all::putIfAbsent);
        return new LiveEvent(jobId, kind, id, all);
    }

    int percentage() {
        return data.get(JobFields.PROGRESS_PERCENTAGE) instanceof Number number ? number.intValue() : -1;
    }

    String text() {
        return Json.text(data);
    }

    static boolean isHistory(String key) {
        return key.startsWith(History.PREFIX);
    }
}
