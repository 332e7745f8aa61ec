package dev.caravan.durable;

import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.StepDefinition;

/**
 * Lets every pipeline call its first step {@code probe}. Camel wants the ids that people give to be unique over all routes;
 * a step's id is unique in its pipeline, and it is the name that users know.
 */
public final class StepIds extends ModelLifecycleStrategySupport {

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (Catalog.ROUTE_CONFIGURATION.equals(route.getRouteConfigurationId())) {
            route.getOutputs().forEach(output -> shareId(route, output));
        }
    }

    private static void shareId(RouteDefinition route, ProcessorDefinition<?> output) {
        if (output instanceof StepDefinition step) {
            if (!step.hasCustomIdAssigned()) {
                throw new PipelineLint.Refused(route, "a step has no id");
            }
            // Camel checks only ids that count as given by people.
            step.setCustomId(false);
        }
    }
}
