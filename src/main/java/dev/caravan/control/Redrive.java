package dev.caravan.control;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.caravan.json.Json;
import dev.caravan.records.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A redrive: it retries dead letters at a limited rate per second. It is a record of the jobs table, so that a crash loses
 * nothing: its progress is written together with each job that it retries.
 *
 * @param status {@code RUNNING} or {@code DONE}
 * @param filter selects the dead letters; null where {@code ids} names them
 * @param rate jobs a second
 * @param total number at the beginning, at most 10000 counted
 * @param retried number of retried jobs
 * @param refused number of jobs that could not be retried, the last of them in {@code refusals}
 * @param nextDueAt when the next one may start
 * @param cursor the last one that was read, or null
 * @param revision grows with each change
 */
public record Redrive(
        String redriveId,
        String status,
        DeadLetterFilter filter,
        List<String> ids,
        int rate,
        String from,
        Map<String, Object> parameters,
        long total,
        long retried,
        long refused,
        List<Refused> refusals,
        String nextDueAt,
        Cursor cursor,
        String createdAt,
        String finishedAt,
        long revision) {
    static final String RUNNING = "RUNNING";
    static final String DONE = "DONE";
    private static final int REFUSALS = 20;

    /** A job that could not be retried, and why. */
    public record Refused(String jobId, String code, String message) {}

    /** @param looked number of {@code ids} that were read */
    public record Cursor(String pipeline, String finishedAt, String jobId, int looked) {}

    static Redrive read(Map<String, AttributeValue> item) {
        return Json.convert(Items.map(item), Redrive.class);
    }

    @JsonIgnore
    boolean done() {
        return DONE.equals(status);
    }

    RetryRequest wish() {
        return new RetryRequest(from, parameters, null, null);
    }

    Redrive retried(Cursor at, String next) {
        return with(status, retried + 1, refused, refusals, next, at, null);
    }

    Redrive refused(Cursor at, Refused why) {
        List<Refused> last = new ArrayList<>(refusals == null ? List.of() : refusals);
        last.add(why);
        return with(
                status,
                retried,
                refused + 1,
                last.subList(Math.max(0, last.size() - REFUSALS), last.size()),
                nextDueAt,
                at,
                null);
    }

    Redrive finished(String now) {
        return with(DONE, retried, refused, refusals, nextDueAt, cursor, now);
    }

    private Redrive with(
            String newStatus,
            long newRetried,
            long newRefused,
            List<Refused> newRefusals,
            String next,
            Cursor at,
            String end) {
        return new Redrive(
                redriveId,
                newStatus,
                filter,
                ids,
                rate,
                from,
                parameters,
                total,
                newRetried,
                newRefused,
                newRefusals,
                next,
                at,
                createdAt,
                end,
                revision + 1);
    }
}
