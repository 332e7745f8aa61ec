package dev.caravan.limit;

import dev.caravan.failure.StepException;
import dev.caravan.job.Rate;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import dev.caravan.work.StepContext;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * Limits the calls to the providers that steps use, {@code caravan.rate.<name>=10/1m}. A step's Kamelet calls the bean
 * {@code providers} before it calls the provider.
 */
public final class Providers {
    /** The prefix of the settings. */
    public static final String PREFIX = "caravan.rate.";

    private final Settings settings;
    private final Windows windows;

    Providers(Settings settings, Windows windows) {
        this.settings = settings;
        this.windows = windows;
    }

    /**
     * Takes a token for one call of {@code provider}, which follows immediately.
     *
     * @throws StepException of the kind {@code WAITING}: the job gives its place back until its turn
     */
    public void enter(Exchange exchange, String provider) {
        Optional<Rate> rate = rate(provider);
        if (rate.isEmpty()) {
            return;
        }
        StepContext step = StepContext.of(exchange);
        Windows.Asking asking = new Windows.Asking(UUID.randomUUID().toString(), step.jobId() + "/" + step.step());
        Duration wait = windows.take("provider:" + provider, rate.get(), asking);
        if (!wait.isZero()) {
            throw StepException.waiting(
                    "RATE_WAIT",
                    "%s is called at most %s; it is this job's turn in %.1f s"
                            .formatted(provider, rate.get(), wait.toMillis() / 1e3),
                    wait);
        }
    }

    /** @throws InvalidSetting when the provider's setting is not a rate */
    public Optional<Rate> rate(String provider) {
        return rate(settings, provider);
    }

    /** Reads the rate of {@code provider} from these settings. */
    public static Optional<Rate> rate(Settings settings, String provider) {
        String key = PREFIX + provider;
        return settings.find(key).map(text -> {
            try {
                return Rate.parse(text);
            } catch (RuntimeException e) {
                throw new InvalidSetting(key, text, "it must be a rate such as 10/1m: ten in any minute");
            }
        });
    }

    /**
     * Refuses settings that are not rates, and those of providers that no step calls.
     *
     * @param called by the steps of the pipelines
     * @param set names of the settings that are set
     */
    public void check(Set<String> called, Collection<String> set) {
        called.forEach(this::rate);
        for (String key : set) {
            if (called.stream().noneMatch(provider -> sameName(PREFIX + provider, key))) {
                throw new InvalidSetting(
                        key,
                        null,
                        "it would have no effect: no step of a pipeline calls that provider; they call "
                                + (called.isEmpty() ? "none" : String.join(", ", called)));
            }
        }
    }

    /** Compares without dots and dashes, which environment variables cannot have. */
    private static boolean sameName(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return name.replaceAll("[.-]", "_").toLowerCase(Locale.ROOT);
    }
}
