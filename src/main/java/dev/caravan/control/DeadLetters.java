package dev.caravan.control;

import dev.caravan.failure.Refusal;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Removal;
import dev.caravan.records.ConditionFailed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds dead letters and limits how long they are kept. */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    /** Minimum time until a dead letter expires, so that a change of the setting does not remove recent jobs immediately. */
    private static final Duration NOTICE = Duration.ofDays(1);
    /** Dead letters that one call handles at most. */
    private static final int MAX = 500;

    private static final int PAGE = 200;

    private final Jobs jobs;
    private final DeadLetterIndex index;
    private final Removal removal;
    private final Clock clock;
    private final int keep;
    private final Duration expireAfter;

    /**
     * @param keep the last ones of each pipeline, which never expire
     * @param expireAfter after their end, of older ones
     */
    public DeadLetters(Jobs jobs, DeadLetterIndex index, Removal removal, Clock clock, int keep, Duration expireAfter) {
        this.jobs = jobs;
        this.index = index;
        this.removal = removal;
        this.clock = clock;
        this.keep = keep;
        this.expireAfter = expireAfter;
    }

    /**
     * The result of one call.
     *
     * @param letters the jobs that got an expiry time
     * @param more whether there are others for the next call
     */
    public record Expired(List<String> letters, boolean more) {}

    /**
     * Sets an expiry time on dead letters that are older than the last {@code keep} of their pipeline and have none, and
     * takes them out of the counts. DynamoDB removes them with their history after that time; a retry before it removes the
     * expiry time.
     */
    public Expired expire() {
        List<String> marked = new ArrayList<>();
        for (String pipeline : index.pipelines()) {
            expire(pipeline, marked);
        }
        if (!marked.isEmpty()) {
            LOG.info("{} dead letters beyond the last {} of their pipeline expire", marked.size(), keep);
        }
        return new Expired(marked, marked.size() >= MAX);
    }

    private void expire(String pipeline, List<String> marked) {
        Iterator<DeadLetter> letters = index.newestFirst(pipeline, DeadLetterFilter.ALL, PAGE);
        for (int place = 0; letters.hasNext() && marked.size() < MAX; place++) {
            DeadLetter letter = letters.next();
            if (place >= keep && letter.expiresAt() == null && mark(letter)) {
                marked.add(letter.jobId());
            }
        }
    }

    private boolean mark(DeadLetter letter) {
        Optional<Job> job = jobs.find(letter.jobId())
                .filter(found -> found.status() == JobStatus.FAILED && found.expiresAt() == null);
        if (job.isEmpty()) {
            return false;
        }
        Instant end = Instant.parse(letter.finishedAt()).plus(expireAfter);
        Instant soonest = clock.instant().plus(NOTICE);
        Instant expires = end.isAfter(soonest) ? end : soonest;
        try {
            removal.letExpire(
                    job.get(),
                    expires.getEpochSecond(),
                    "older than the last %d dead letters of %s".formatted(keep, letter.pipeline()));
            LOG.info(
                    "dead letter {} ({} of {}) expires at {}",
                    letter.jobId(),
                    letter.code(),
                    letter.pipeline(),
                    expires);
            return true;
        } catch (ConditionFailed goesOn) {
            removal.keepHistory(job.get());
            return false;
        }
    }

    /**
     * The job, as long as it is a dead letter.
     *
     * @throws Refusal {@code UNKNOWN_DEAD_LETTER}
     */
    public Job find(String jobId) {
        return jobs.find(jobId)
                .filter(job -> job.status() == JobStatus.FAILED)
                .orElseThrow(() -> new Refusal(
                        "UNKNOWN_DEAD_LETTER",
                        "There is no dead letter with the id " + jobId,
                        "GET /api/v1/jobs/%s shows the job if there is one; GET /api/v1/dead-letters lists dead letters."
                                .formatted(jobId)));
    }
}
