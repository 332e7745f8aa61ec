package dev.caravan.job;

import static dev.caravan.job.JobFields.*;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import dev.caravan.records.ConditionFailed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Puts jobs into the ready queue, moves them there, and changes the priority of one that runs. */
public final class QueueTransitions {
    private final JobWriter writer;
    private final Assets assets;
    private final AssetReadiness assetReadiness;

    public QueueTransitions(JobWriter writer, Jobs jobs, Assets assets) {
        this.writer = writer;
        this.assets = assets;
        this.assetReadiness = new AssetReadiness(jobs, assets);
    }

    /**
     * The parts of the transaction that accepts a job.
     *
     * @param details for the job's history
     * @param counterUpdate of that transaction
     */
    public List<TransactWriteItem> accept(NewJob job, Map<String, ?> details, CounterUpdate counterUpdate) {
        PipelineAndPriority pipelineAndPriority = new PipelineAndPriority(job.pipeline(), job.priority());
        Transition.ACCEPT.count(counterUpdate, JobState.NONE, pipelineAndPriority, pipelineAndPriority);
        return List.of(writer.put(job.jobId(), values(job)), writer.event(Transition.ACCEPT, job.jobId(), details));
    }

    private Map<String, Object> values(NewJob job) {
        Instant accepted = writer.now();
        String now = Timestamps.of(accepted);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(SCHEMA_VERSION, Job.SCHEMA_VERSION);
        values.put(ASSET_ID, job.asset().assetId());
        values.put(OWNER, job.asset().owner());
        values.put(PIPELINE, job.pipeline());
        values.put(PARAMETERS, job.parameters());
        values.put(PRIORITY, job.priority().number());
        values.put(PROGRESS_PERCENTAGE, 0);
        values.put(RETRY_COUNT, 0);
        values.put(MAX_RETRIES, job.maxRetries());
        values.put(STEPS, Json.toMap(job.steps()));
        values.put(START_FROM, job.startFrom());
        values.put(REQUIRED, job.required());
        values.put(SOURCE, job.source());
        values.put(FENCE, 0);
        values.put(CRASHES, 0);
        values.putAll(writer.queueEntry(job));
        values.put(CREATED_AT, now);
        values.put(UPDATED_AT, now);
        values.putAll(NameKey.attributes(job.asset().filename(), accepted, job.jobId()));
        return values;
    }

    /**
     * Retries a job that has ended.
     *
     * @param scale of its pipeline
     * @param asset of the job, alive
     * @param more parts of the same transaction, which come first
     * @throws ConditionFailed when one of {@code more}, the job or the asset is not as it was read
     */
    public void requeue(Job job, Requeue how, ProgressScale scale, Asset asset, List<TransactWriteItem> more) {
        JobChange change = writer.change(Transition.REQUEUE, job)
                .set(PRIORITY, how.priority())
                .set(PARAMETERS, how.parameters())
                .set(RETRIED, job.retried() + 1)
                .set(RETRY_COUNT, 0)
                .set(CRASHES, 0)
                .set(LAST_SUCCESSFUL_STEP, how.plan().lastReused().orElse(null))
                .set(PROGRESS_PERCENTAGE, how.progress(scale))
                .setAll(writer.queueEntry(job, how.priority(), how.due(writer.now())));
        how.forgotten(job).forEach(step -> change.step(step, null));
        List<TransactWriteItem> parts = new ArrayList<>(more);
        parts.add(change.write().part());
        parts.add(writer.event(Transition.REQUEUE, job.jobId(), how.event(job)));
        CounterUpdate counterUpdate = writer.count(Transition.REQUEUE, job, how.kind(job));
        parts.add(
                job.required() ? assetReadiness.again(asset, job, counterUpdate) : assets.stillThere(asset.assetId()));
        parts.addAll(counterUpdate.parts());
        writer.write(parts);
    }

    /**
     * The new priority, parameters and due time of a waiting job.
     *
     * @param parameters null to leave them
     */
    public record Reschedule(int priority, Map<String, Object> parameters, Instant due) {}

    /**
     * Changes a job that waits. Its fence grows, because a claim from an index that lags would start it unchanged.
     *
     * @param details for the job's history
     * @throws ConditionFailed when it is not as it was read
     */
    public void reschedule(Job job, Reschedule how, Map<String, ?> details) {
        JobChange change = writer.change(Transition.RESCHEDULE, job)
                .set(PRIORITY, how.priority())
                .setAll(writer.queueEntry(job, how.priority(), how.due()));
        if (how.parameters() != null) {
            change.set(PARAMETERS, how.parameters());
        }
        write(Transition.RESCHEDULE, job, change, how.priority(), details);
    }

    /**
     * Changes the priority of a job that runs; the new one applies when the job waits again. The run continues, so the fence
     * stays, and only the condition on the priority keeps two changes from moving the counts twice.
     *
     * @param details for the job's history
     * @throws ConditionFailed when it is not as it was read
     */
    public void reprioritize(Job job, int priority, Map<String, ?> details) {
        JobChange change = writer.change(Transition.REPRIORITIZE, job).set(PRIORITY, priority);
        write(Transition.REPRIORITIZE, job, change, priority, details);
    }

    private void write(Transition transition, Job job, JobChange change, int priority, Map<String, ?> details) {
        List<TransactWriteItem> parts = new ArrayList<>();
        parts.add(change.write().part());
        parts.add(writer.event(transition, job.jobId(), details));
        PipelineAndPriority after = new PipelineAndPriority(job.pipeline(), Priority.nearest(priority));
        parts.addAll(writer.count(transition, job, after).parts());
        writer.write(parts);
    }

    /**
     * Writes a waiting job's entry where workers read the ready queue.
     *
     * @throws ConditionFailed when it moved
     */
    void enqueue(Job job, Instant due) {
        writer.update(writer.change(Transition.ENQUEUE, job).setAll(writer.queueEntry(job, due)));
    }
}
