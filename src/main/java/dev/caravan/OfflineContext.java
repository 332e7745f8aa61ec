package dev.caravan;

import dev.caravan.durable.KameletParameters;
import dev.caravan.durable.StepIds;
import org.apache.camel.impl.DefaultCamelContext;

/** A context with the settings of a run in which nothing starts. */
final class OfflineContext {
    private OfflineContext() {}

    static DefaultCamelContext open() {
        DefaultCamelContext context = new DefaultCamelContext(false);
        for (String location : SettingsSource.LOCATIONS.split(",")) {
            context.getPropertiesComponent().addLocation(location);
        }
        context.setSourceLocationEnabled(true);
        context.build();
        context.addModelLifecycleStrategy(new StepIds());
        context.addModelLifecycleStrategy(new KameletParameters(context));
        return context;
    }
}
