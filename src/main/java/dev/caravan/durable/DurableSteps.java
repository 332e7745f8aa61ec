package dev.caravan.durable;

import dev.caravan.work.Journal;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.StepDefinition;
import org.apache.camel.spi.InterceptStrategy;

/**
 * Wraps every {@code step} (once per run of a job: skip or checkpoint) and its one child (once per attempt: restore and
 * count). Camel's error handler sits outside both, so a redelivery repeats the inner one only. Outside a job both let pass.
 */
public final class DurableSteps implements InterceptStrategy {
    private final Journal journal;
    private final StepMeters meters;

    public DurableSteps(Journal journal, MeterRegistry meters) {
        this.journal = journal;
        this.meters = new StepMeters(meters);
    }

    /** Lets the meters show every step of the catalog, though nothing ran yet. */
    public static void measure(MeterRegistry meters, Catalog catalog) {
        StepMeters steps = new StepMeters(meters);
        catalog.steps().forEach((pipeline, names) -> names.forEach(step -> steps.show(pipeline, step)));
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        if (definition instanceof StepDefinition step) {
            return new StepGate(target, new StepGate.Parts(step.getId(), journal, meters));
        }
        if (definition.getParent() instanceof StepDefinition step) {
            return new AttemptGate(target, step.getId(), journal, meters);
        }
        return target;
    }
}
