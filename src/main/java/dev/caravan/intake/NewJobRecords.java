package dev.caravan.intake;

import dev.caravan.asset.Asset;
import dev.caravan.job.CounterUpdate;
import dev.caravan.job.NewJob;
import dev.caravan.job.QueueTransitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Turns orders into jobs and their records. */
final class NewJobRecords {
    private final QueueTransitions transitions;
    private final ToIntFunction<String> maxRetries;

    /** @param maxRetries of a pipeline's steps */
    NewJobRecords(QueueTransitions transitions, ToIntFunction<String> maxRetries) {
        this.transitions = transitions;
        this.maxRetries = maxRetries;
    }

    static Instant due(Intake.Order order, Instant now) {
        return order.runAt() == null || order.runAt().isBefore(now) ? now : order.runAt();
    }

    /** The parts of the transaction that accepts the job. */
    List<TransactWriteItem> accept(String jobId, Asset asset, Intake.Order order, CounterUpdate counterUpdate) {
        NewJob job = new NewJob(
                jobId,
                asset,
                order.pipeline(),
                order.priority(),
                order.parameters(),
                maxRetries.applyAsInt(order.pipeline()),
                order.required(),
                order.startFrom(),
                order.steps(),
                order.source() == null ? asset.source() : order.source(),
                order.runAt());
        return transitions.accept(job, details(order), counterUpdate);
    }

    private static Map<String, Object> details(Intake.Order order) {
        return order.startFrom() == null
                ? Map.of("pipeline", order.pipeline())
                : Map.of("pipeline", order.pipeline(), "start_from", order.startFrom());
    }
}
