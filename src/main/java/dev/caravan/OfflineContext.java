package dev.caravan;

import dev.caravan.durable.KameletParameters;
import dev.caravan.durable.StepIds;
import org.apache.camel.impl.DefaultCamelContext;

/** Makes a Camel context that has the settings of a run and starts nothing. */
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
