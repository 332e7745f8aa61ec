package dev.caravan.job;

import static dev.caravan.job.JobFields.CRASHES;
import static dev.caravan.job.JobFields.CURRENT_STEP;
import static dev.caravan.job.JobFields.DEAD;
import static dev.caravan.job.JobFields.ERROR;
import static dev.caravan.job.JobFields.ERROR_CODE;
import static dev.caravan.job.JobFields.ERROR_STEP;
import static dev.caravan.job.JobFields.FILENAME;
import static dev.caravan.job.JobFields.PROGRESS_PERCENTAGE;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.failure.Failure;
import dev.caravan.records.ConditionFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Ends a job and changes its asset in the same transaction: the last required job makes the asset ready, a required one that
 * fails or is cancelled makes it failed.
 */
public final class JobCompletion {
    private final JobWriter writer;
    private final Assets assets;
    private final JobMeters meters;
    private final AssetReadiness assetReadiness;
    private final Consumer<String> ended;

    /** @param ended gets the id of each job that has ended here */
    public JobCompletion(JobWriter writer, Jobs jobs, Assets assets, JobMeters meters, Consumer<String> ended) {
        this.writer = writer;
        this.assets = assets;
        this.meters = meters;
        this.assetReadiness = new AssetReadiness(jobs, assets);
        this.ended = ended;
    }

    /**
     * Completes a job whose steps are all done.
     *
     * @param last the step whose checkpoint is written together with the end; null where all have theirs
     */
    public void complete(Job job, RunTransitions.DoneStep last) {
        end(
                Transition.COMPLETE,
                job,
                change -> last == null
                        ? change.set(PROGRESS_PERCENTAGE, 100)
                        : last.in(change).set(CURRENT_STEP, last.step()).set(PROGRESS_PERCENTAGE, 100),
                Map.of(),
                (asset, counterUpdate) -> assetReadiness.completed(asset, job, counterUpdate));
        meters.ended(job, JobStatus.COMPLETED);
    }

    /**
     * Makes the job a dead letter: it has no attempts left, or failed permanently.
     *
     * @param step that failed
     * @param record of it
     */
    public void fail(Job job, String step, StepRecord record, Failure failure) {
        fail(Transition.FAIL, job, change -> change.set(CURRENT_STEP, step).step(step, record), failure);
    }

    /** Makes the job a dead letter because its workers died under it too often. */
    public void condemn(Job job, Failure failure) {
        fail(Transition.CONDEMN, job, change -> change.set(CRASHES, job.crashes() + 1), failure);
    }

    private void fail(Transition transition, Job job, UnaryOperator<JobChange> values, Failure failure) {
        end(
                transition,
                job,
                change -> values.apply(change)
                        .set(ERROR, failure)
                        .set(DEAD, job.pipeline())
                        .set(ERROR_CODE, failure.code())
                        .set(ERROR_STEP, failure.step())
                        .set(
                                FILENAME,
                                job.source() == null ? null : job.source().filename()),
                History.failed(failure.step(), failure),
                (asset, counterUpdate) -> assetReadiness.failed(asset, failure, counterUpdate));
        meters.failed(job, failure);
    }

    /**
     * Cancels the job.
     *
     * @throws dev.caravan.failure.StepException fenced, when the job is not as it was read
     */
    public void cancel(Job job, String why) {
        Failure failure = AssetReadiness.cancellation(job, why);
        end(
                Transition.CANCEL,
                job,
                change -> change,
                Map.of("message", why),
                (asset, counterUpdate) -> assetReadiness.cancelled(asset, failure, counterUpdate));
        meters.ended(job, JobStatus.CANCELLED);
    }

    private void end(
            Transition transition,
            Job job,
            UnaryOperator<JobChange> values,
            Map<String, Object> details,
            BiFunction<Asset, CounterUpdate, TransactWriteItem> settle) {
        Job counted = job;
        while (true) {
            SeenJob seen = SeenJob.of(job).withPriority(counted.priority());
            Optional<Asset> asset = job.required() ? assets.find(job.assetId()) : Optional.empty();
            List<TransactWriteItem> parts = new ArrayList<>();
            parts.add(values.apply(writer.change(transition, seen)).write().part());
            parts.add(writer.event(transition, job.jobId(), details));
            CounterUpdate counterUpdate = writer.count(transition, counted, PipelineAndPriority.of(counted));
            asset.filter(found -> !found.deleted()).ifPresent(found -> parts.add(settle.apply(found, counterUpdate)));
            parts.addAll(counterUpdate.parts());
            try {
                writer.write(parts);
                ended.accept(job.jobId());
                return;
            } catch (ConditionFailed e) {
                if (e.part() == 0) {
                    counted = withAnotherPriority(counted, e);
                }
                // The asset changed between reading and writing: read it again.
            }
        }
    }

    /** The run continues with the priority at its claim; the counters know the new one. */
    private static Job withAnotherPriority(Job counted, ConditionFailed refused) {
        return Optional.of(refused.found())
                .filter(item -> !item.isEmpty())
                .map(Jobs::read)
                .filter(found -> found.fence() == counted.fence() && found.priority() != counted.priority())
                .orElseThrow(() -> Jobs.fenced(counted.jobId(), refused));
    }
}
