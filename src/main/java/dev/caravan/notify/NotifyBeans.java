package dev.caravan.notify;

import dev.caravan.asset.Assets;
import dev.caravan.fetch.Fetcher;
import dev.caravan.settings.Settings;
import dev.caravan.webhook.Secrets;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** Binds the bean that the Kamelet notify-url-action calls. */
public final class NotifyBeans {
    private static final String SECRETS = "caravan.notify.secrets";

    private NotifyBeans() {}

    public static void bind(CamelContext context, Settings settings, Assets assets, Clock clock) {
        Fetcher fetcher = Fetcher.of(settings, clock);
        context.getRegistry()
                .bind(
                        "notifyUrl",
                        new NotifyUrl(
                                fetcher,
                                assets,
                                new Secrets(SECRETS, settings.list("caravan.notify.secrets")),
                                settings.duration("caravan.notify.timeout"),
                                clock));
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                fetcher.close();
            }
        });
    }
}
