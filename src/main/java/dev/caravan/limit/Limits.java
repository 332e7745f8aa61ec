package dev.caravan.limit;

import dev.caravan.job.Pipelines;
import dev.caravan.redis.RedisLink;
import dev.caravan.settings.RedisAddress;
import dev.caravan.settings.Settings;
import org.apache.camel.spi.Registry;

/** Assembles the rate limits, and binds those that Kamelets call. */
public final class Limits implements AutoCloseable {
    private final PipelineLimits pipelines;
    private final Providers providers;

    /** @param lookAgain called when a job may start that could not before */
    public Limits(Settings settings, RedisLink redis, Pipelines pipelines, Runnable lookAgain) {
        boolean expected = RedisAddress.of(settings).isPresent();
        Windows windows = new SharedWindows(redis, expected, settings.text("caravan.name"), System::nanoTime);
        this.pipelines = new PipelineLimits(pipelines, windows, lookAgain, System::nanoTime);
        this.providers = new Providers(settings, windows);
    }

    public void bind(Registry registry) {
        registry.bind("providers", providers);
    }

    public PipelineLimits pipelines() {
        return pipelines;
    }

    public Providers providers() {
        return providers;
    }

    @Override
    public void close() {
        pipelines.close();
    }
}
