package dev.caravan.httpcall;

import dev.caravan.fetch.Fetcher;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import dev.caravan.storage.ObjectLinks;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** Binds the bean that the Kamelet call-http-action calls. */
public final class HttpCallBeans {
    /** Prefix of the settings that a call may name as {@code secret.name}. */
    public static final String SECRETS = "caravan.secret.";

    private HttpCallBeans() {}

    public static void bind(
            CamelContext context, Settings settings, ObjectLinks objectLinks, Files files, Clock clock) {
        Fetcher fetcher = Fetcher.ofCalls(settings, clock);
        context.getRegistry().bind("callHttp", new HttpCall(fetcher, settings, objectLinks, files));
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                fetcher.close();
            }
        });
    }
}
