package dev.caravan.durable;

import dev.caravan.job.Priority;
import dev.caravan.job.ProgressScale;
import java.util.List;
import java.util.Locale;

/** A pipeline as its YAML file describes it: its steps in order, and its settings. */
record Pipeline(String name, List<String> steps, PipelineSettings settings, Parameters parameters)
        implements ProgressScale {

    Priority priority() {
        return Priority.valueOf(settings.getPriority().toUpperCase(Locale.ROOT));
    }

    boolean encodes() {
        return !settings.getEncodingSteps().isEmpty();
    }

    boolean isLastEncoding(String step) {
        return encodes()
                && step.equals(steps.stream()
                        .filter(settings.getEncodingSteps()::contains)
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
