package dev.caravan.durable;

import dev.caravan.job.Priority;
import dev.caravan.job.Rate;
import java.util.List;
import java.util.Map;

/**
 * What a pipeline's settings say, checked.
 *
 * @param encodingSteps in the order of the pipeline
 * @param weights of steps that have one
 * @param parameters name and {@code step.property}
 * @param policies of each step
 * @param rate null for none
 */
record PipelineConfig(
        Priority priority,
        List<String> encodingSteps,
        Map<String, Integer> weights,
        Map<String, String> parameters,
        Map<String, RetryPolicy> policies,
        Rate rate) {

    int weight(String step) {
        return weights.getOrDefault(step, 1);
    }
}
