package dev.caravan.live;

import dev.caravan.job.Job;
import dev.caravan.job.JobFields;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Finds recent events of jobs in their records: of running jobs, of jobs that the previous read found running, and of the
 * newest of each other status. Needs many reads; for use without Redis. Single-threaded.
 */
final class RecentJobs {
    /** The number of newest jobs of each status that are read. */
    private static final int MAX_ACTIVE = 100;

    private static final int MAX_OTHERS = 25;
    /** An event is written shortly after its own time. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Jobs jobs;
    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final Map<String, Job> before = new HashMap<>();
    private String since = "";

    RecentJobs(Jobs jobs, Records records, Tables tables, Clock clock) {
        this.jobs = jobs;
        this.records = records;
        this.tables = tables;
        this.clock = clock;
    }

    /** Forgets what it read; events before {@code now} are not new. */
    void begin(String now) {
        before.clear();
        since = now;
    }

    /** Returns the events since one minute before the last read, in the order of their times; some are repeated. */
    List<LiveEvent> look() {
        Set<String> ids = candidates();
        List<LiveEvent> news = new ArrayList<>();
        Map<String, Job> now = new HashMap<>();
        for (String id : ids) {
            jobs.find(id).ifPresent(job -> {
                now.put(id, job);
                Job last = before.get(id);
                if (last == null || !Objects.equals(last.updatedAt(), job.updatedAt()) || last.fence() != job.fence()) {
                    news.addAll(of(job, last));
                }
            });
        }
        before.clear();
        before.putAll(now);
        String earlier = Timestamps.of(clock.instant().minus(MARGIN));
        since = earlier.compareTo(since) > 0 ? earlier : since;
        news.sort(Comparator.comparing(event -> String.valueOf(event.data().get(JobFields.AT))));
        return news;
    }

    /** Returns those of the newest jobs of each status, and of the jobs that had not ended, that changed since a time. */
    List<Job> changedSince(String time) {
        List<Job> changed = new ArrayList<>();
        for (String id : candidates()) {
            jobs.find(id).filter(job -> time.compareTo(job.updatedAt()) <= 0).ifPresent(changed::add);
        }
        return changed;
    }

    private List<LiveEvent> of(Job job, Job last) {
        List<LiveEvent> news = new ArrayList<>();
        if (since.compareTo(job.updatedAt()) > 0) {
            return news;
        }
        for (LiveEvent event : JobPage.read(records, tables, job.jobId()).events()) {
            if (String.valueOf(event.data().get(JobFields.AT)).compareTo(since) >= 0) {
                news.add(event);
            }
        }
        if (last != null && last.status() != job.status() && job.status() == JobStatus.PROCESSING) {
            news.add(RecordEvents.status(job, clock));
        }
        if (job.status() == JobStatus.PROCESSING
                && last != null
                && last.progressPercentage() < job.progressPercentage()) {
            news.add(RecordEvents.progress(job, clock));
        }
        return news;
    }

    private Set<String> candidates() {
        Set<String> ids = new LinkedHashSet<>();
        before.values().stream().filter(job -> !job.status().ended()).forEach(job -> ids.add(job.jobId()));
        for (JobStatus status : JobStatus.values()) {
            ids.addAll(newest(status));
        }
        return ids;
    }

    private List<String> newest(JobStatus status) {
        QueryRequest request = QueryRequest.builder()
                .tableName(tables.jobs())
                .indexName(Tables.BY_STATUS)
                .keyConditionExpression("#status = :status")
                .expressionAttributeNames(Map.of("#status", JobFields.STATUS))
                .expressionAttributeValues(Items.attributes(Map.of(":status", status.name())))
                .scanIndexForward(false)
                .limit(status == JobStatus.PROCESSING || status == JobStatus.RETRYING ? MAX_ACTIVE : MAX_OTHERS)
                .build();
        return records.query(request).items().stream()
                .map(item -> item.get(JobFields.JOB_ID).s())
                .toList();
    }
}
