package dev.caravan.job;

import dev.caravan.failure.StepException;
import dev.caravan.json.Timestamps;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes changes of jobs, each by its row of {@link Transition}. The classes that decide on a change call
 * {@link RunTransitions}, {@link QueueTransitions}, {@link JobCompletion} or {@link Removal}, which determine the content.
 */
public final class JobWriter {
    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final ReadyQueue queue;
    private final Counters counters;
    private final History history;

    public JobWriter(Records records, Tables tables, Clock clock, ReadyQueue queue, Counters counters) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.queue = queue;
        this.counters = counters;
        this.history = new History(tables, clock);
    }

    JobChange change(Transition transition, SeenJob seen) {
        return new JobChange(transition, to(seen.jobId()), seen, Timestamps.now(clock));
    }

    JobChange change(Transition transition, Job job) {
        return change(transition, SeenJob.of(job));
    }

    /** The conditions of a transition that removes the record or does not change it. */
    Write conditionsOf(Transition transition, Job job) {
        return TransitionCondition.hold(transition.conditions(), to(job.jobId()), SeenJob.of(job));
    }

    /** The record of a job that is accepted, from all the values that it must have. */
    TransactWriteItem put(String jobId, Map<String, Object> values) {
        Transition.ACCEPT.check(values);
        Map<String, Object> item = new LinkedHashMap<>(Jobs.key(jobId));
        item.put(JobFields.STATUS, Transition.ACCEPT.statuses().get(0).name());
        item.putAll(values);
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(tables.jobs())
                        .item(Items.attributes(item))
                        .build())
                .build();
    }

    private Write to(String jobId) {
        return Write.to(tables.jobs(), Jobs.key(jobId));
    }

    /** The attributes of a job's place in the ready queue; those with null are to be removed. */
    Map<String, Object> queueEntry(Job job, int priority, Instant due) {
        return queue.entry(job.jobId(), job.pipeline(), job.owner(), priority, due);
    }

    Map<String, Object> queueEntry(NewJob job) {
        return queue.entry(
                job.jobId(), job.pipeline(), job.asset().owner(), job.priority().number(), job.due(now()));
    }

    Map<String, Object> queueEntry(Job job, Instant due) {
        return queueEntry(job, job.priority(), due);
    }

    TransactWriteItem event(Transition transition, String jobId, Map<String, ?> details) {
        return history.event(jobId, transition.event(), details);
    }

    Write historyItem(String jobId, String item) {
        return Write.to(tables.jobs(), Jobs.itemKey(jobId, item));
    }

    void updateHistory(Write write) {
        records.update(write);
    }

    CounterUpdate tally(Job job) {
        return counters.of(job.assetId());
    }

    CounterUpdate count(Transition transition, Job job, PipelineAndPriority kindAfter) {
        return transition.count(tally(job), JobState.of(job), PipelineAndPriority.of(job), kindAfter);
    }

    /** Writes one update without an event; returns the job as it is afterwards. */
    Job update(JobChange change) {
        return Jobs.read(records.update(change.write()));
    }

    void write(List<TransactWriteItem> parts) {
        records.write(parts);
    }

    /**
     * Writes the change and the event of a run that holds the job.
     *
     * @throws StepException {@code FENCED} when it does not hold it any more
     */
    void commit(Transition transition, Job job, JobChange change, Map<String, ?> details) {
        try {
            write(List.of(change.write().part(), event(transition, job.jobId(), details)));
        } catch (ConditionFailed e) {
            throw Jobs.fenced(job.jobId(), e);
        }
    }

    Instant now() {
        return clock.instant();
    }
}
