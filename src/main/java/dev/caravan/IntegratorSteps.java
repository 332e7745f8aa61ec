package dev.caravan;

import dev.caravan.asset.Assets;
import dev.caravan.durable.KameletParameters;
import dev.caravan.hook.Hooks;
import dev.caravan.httpcall.HttpCallBeans;
import dev.caravan.inputs.InputBeans;
import dev.caravan.notify.NotifyBeans;
import dev.caravan.recovery.MaintenanceTask;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import dev.caravan.storage.ObjectLinks;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;

/** Binds the beans for steps and routes that integrators write without Java, and for calls to other systems. */
final class IntegratorSteps {
    private static final Duration OVERDUE = Duration.ofSeconds(30);

    private IntegratorSteps() {}

    static void bind(
            CamelContext context, Settings settings, Assets assets, Files files, ObjectLinks objectLinks, Clock clock) {
        ((ModelCamelContext) context).addModelLifecycleStrategy(new KameletParameters(context));
        InputBeans.bind(context, settings, assets, files, clock);
        HttpCallBeans.bind(context, settings, objectLinks, files, clock);
        NotifyBeans.bind(context, settings, assets, clock);
    }

    /** Calls those routes of hooks again that have not accepted their events. */
    static MaintenanceTask duty(Hooks hooks) {
        return MaintenanceTask.of("hooks", OVERDUE, report -> report.handled(hooks.tellOverdue(), "events of hooks"));
    }
}
