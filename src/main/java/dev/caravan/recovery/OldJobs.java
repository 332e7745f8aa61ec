package dev.caravan.recovery;

import dev.caravan.job.Counts;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Items;
import dev.caravan.records.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Removes the records of jobs that were completed long ago, with their history. What they made stays with the asset. */
final class OldJobs implements Duty {
    /** DynamoDB takes a hundred parts in one transaction; one of them is the condition. */
    private static final int MOST_AT_ONCE = 99;

    private static final String AS_IT_WAS = "#fence = :fence AND #status = :status";
    private static final Map<String, String> NAMES = Map.of("#fence", "fence", "#status", "status");

    private final Jobs jobs;
    private final Counts counts;
    private final TidySettings settings;
    private final Duration age;

    OldJobs(Jobs jobs, Counts counts, TidySettings settings, Duration age) {
        this.jobs = jobs;
        this.counts = counts;
        this.settings = settings;
        this.age = age;
    }

    @Override
    public String name() {
        return "completed-jobs";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public Report run(Errand errand) {
        Report report = new Report();
        Instant before = jobs.clock().instant().minus(age);
        ByStatus.Page page = ByStatus.ofJobs(jobs.records(), jobs.tables())
                .oldest(JobStatus.COMPLETED.name(), errand.cursor(), Timestamps.of(before), settings.page());
        for (String id : page.ids()) {
            jobs.find(id)
                    .filter(job -> isOld(job, before))
                    .ifPresent(job -> report.found(id, errand, () -> remove(job)));
        }
        return report.goOnAt(page.next());
    }

    private static boolean isOld(Job job, Instant before) {
        return job.status() == JobStatus.COMPLETED
                && job.finishedAt() != null
                && Instant.parse(job.finishedAt()).isBefore(before);
    }

    /** The record goes last: cut off in the middle, the next round finds the job again. */
    private boolean remove(Job job) {
        try {
            List<TransactWriteItem> history = history(job.jobId());
            for (int from = 0; from < history.size(); from += MOST_AT_ONCE) {
                List<TransactWriteItem> parts = new ArrayList<>();
                parts.add(still(job));
                parts.addAll(history.subList(from, Math.min(history.size(), from + MOST_AT_ONCE)));
                jobs.records().write(parts);
            }
            List<TransactWriteItem> parts = new ArrayList<>();
            parts.add(record(job));
            parts.addAll(counts.move(job, JobStatus.COMPLETED, null));
            jobs.records().write(parts);
            return true;
        } catch (ConditionFailed triedAgain) {
            return false;
        }
    }

    private TransactWriteItem still(Job job) {
        return TransactWriteItem.builder()
                .conditionCheck(ConditionCheck.builder()
                        .tableName(jobs.tables().jobs())
                        .key(Items.attributes(Jobs.key(job.jobId())))
                        .conditionExpression(AS_IT_WAS)
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(values(job))
                        .build())
                .build();
    }

    private TransactWriteItem record(Job job) {
        return delete(Items.attributes(Jobs.key(job.jobId())), builder -> builder.conditionExpression(AS_IT_WAS)
                .expressionAttributeNames(NAMES)
                .expressionAttributeValues(values(job)));
    }

    private static Map<String, AttributeValue> values(Job job) {
        return Items.attributes(Map.of(":fence", job.fence(), ":status", JobStatus.COMPLETED.name()));
    }

    private List<TransactWriteItem> history(String jobId) {
        return jobs.historyOf(jobId).stream()
                .map(item -> delete(Items.attributes(Map.of("job_id", jobId, "item", item)), builder -> {}))
                .toList();
    }

    private TransactWriteItem delete(Map<String, AttributeValue> key, Consumer<Delete.Builder> condition) {
        Delete.Builder delete = Delete.builder().tableName(jobs.tables().jobs()).key(key);
        condition.accept(delete);
        return TransactWriteItem.builder().delete(delete.build()).build();
    }
}
