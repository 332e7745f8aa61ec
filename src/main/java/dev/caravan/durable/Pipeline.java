package dev.caravan.durable;

import dev.caravan.job.ProgressScale;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/**
 * A pipeline as its YAML file describes it.
 *
 * @param steps ids, in order
 * @param calls the Kamelet that each step calls
 */
record Pipeline(
        String name,
        String description,
        List<String> steps,
        Map<String, KameletCall> calls,
        PipelineConfig settings,
        Parameters parameters)
        implements ProgressScale {

    boolean encodes() {
        return !settings.encodingSteps().isEmpty();
    }

    boolean isLastEncoding(String step) {
        return encodes()
                && step.equals(steps.stream()
                        .filter(settings.encodingSteps()::contains)
                        .reduce((first, second) -> second)
                        .orElse(null));
    }

    boolean isLast(String step) {
        return steps.get(steps.size() - 1).equals(step);
    }

    /** The step after this one; the pipeline's last step has none. */
    String next(String step) {
        return steps.get(steps.indexOf(step) + 1);
    }

    /** What its Kamelets say, whose change makes another version of it. */
    String kamelets(CamelContext context) {
        return calls.values().stream()
                .map(call -> KameletText.of(context, call.kamelet()).whole())
                .collect(Collectors.joining());
    }

    int maxRetries() {
        return settings.policies().values().stream()
                        .mapToInt(RetryPolicy::attempts)
                        .max()
                        .orElse(1)
                - 1;
    }

    @Override
    public double before(String step) {
        return steps.subList(0, Math.max(0, steps.indexOf(step))).stream()
                .mapToDouble(this::share)
                .sum();
    }

    @Override
    public double share(String step) {
        return (double) settings.weight(step)
                / steps.stream().mapToInt(settings::weight).sum();
    }
}
