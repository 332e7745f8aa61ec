package dev.caravan.control;

import dev.caravan.failure.Refusal;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.LongSupplier;

/** Cancels many waiting jobs, in bounded calls. A job that was claimed meanwhile is left alone. */
public final class Purge {
    /** Jobs that one call cancels at most. */
    public static final int MOST = 500;

    /** Entries of the index that are counted at most, in pages. */
    static final int MAX_COUNTED = 10_000;

    private static final int PAGE = 500;
    private static final Duration MAX = Duration.ofSeconds(20);

    private final QueuedJobs waiting;
    private final Cancellation cancellation;
    private final LongSupplier nanoTime;

    public Purge(Jobs jobs, Records records, Tables tables, Cancellation cancellation, LongSupplier nanoTime) {
        this.waiting = new QueuedJobs(records, tables);
        this.cancellation = cancellation;
        this.nanoTime = nanoTime;
    }

    /**
     * The number of jobs that match.
     *
     * @param whole false where counting ended early, and there may be more
     */
    public record Count(long jobs, boolean whole) {}

    /**
     * The result of one call.
     *
     * @param cursor where the next call continues; null when all is done
     */
    public record Done(int purged, String cursor) {}

    /**
     * Counts the jobs that match, from the cursor on. The index may lag by a moment.
     *
     * @param cursor null for all of them
     * @throws Refusal {@code INVALID_CURSOR}
     */
    public Count count(QueuedJobFilter which, String cursor) {
        QueuedJobs.Place place = cursor == null ? QueuedJobs.first(which) : place(which, cursor);
        long jobs = 0;
        for (int examined = 0; place != null && examined < MAX_COUNTED; ) {
            QueuedJobs.Found page = waiting.page(which, place, PAGE);
            jobs += page.found().size();
            examined += page.examined();
            place = page.next();
        }
        return new Count(jobs, place == null);
    }

    /**
     * Cancels the next of the jobs that match.
     *
     * @param cursor null for the first call
     * @param most at most {@link #MOST}
     * @param why for their histories
     * @throws Refusal {@code INVALID_CURSOR}
     */
    public Done purge(QueuedJobFilter which, String cursor, int most, String why) {
        QueuedJobs.Place place = cursor == null ? QueuedJobs.first(which) : place(which, cursor);
        long until = nanoTime.getAsLong() + MAX.toNanos();
        int purged = 0;
        for (int examined = 0; place != null && examined < MAX_COUNTED; ) {
            QueuedJobs.Found page = waiting.page(which, place, PAGE);
            for (QueuedJobs.Place job : page.found()) {
                if (purged == most || nanoTime.getAsLong() - until > 0) {
                    return new Done(purged, cursor(place));
                }
                purged += cancellation.cancel(job.jobId(), why, which::includes) ? 1 : 0;
                place = job;
            }
            examined += page.examined();
            place = page.next();
        }
        return new Done(purged, place == null ? null : cursor(place));
    }

    private static String cursor(QueuedJobs.Place place) {
        String text = place.createdAt() == null
                ? place.status().name()
                : String.join("|", place.status().name(), place.createdAt(), place.jobId());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static QueuedJobs.Place place(QueuedJobFilter which, String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|");
            JobStatus status = JobStatus.valueOf(parts[0]);
            if (List.of(1, 3).contains(parts.length) && which.statuses().contains(status)) {
                return parts.length == 1
                        ? new QueuedJobs.Place(status, null, null)
                        : new QueuedJobs.Place(status, parts[1], parts[2]);
            }
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
        throw notOurs();
    }

    private static Refusal notOurs() {
        return new Refusal(
                "INVALID_CURSOR",
                "The cursor is not one that a purge of these jobs has answered",
                "Send the cursor of the answer before with the same filter, or begin without one.");
    }
}
