package dev.caravan.limit;

import dev.caravan.job.Rate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Keeps the windows of this process alone. */
final class LocalWindows implements Windows {
    private final LongSupplier nanoTime;
    private final Map<String, Window> windows = new HashMap<>();

    LocalWindows(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Duration take(String name, Rate rate, Asking asking) {
        Window window = windows.computeIfAbsent(name, absent -> new Window());
        return Duration.ofNanos(window.take(rate, asking, nanoTime.getAsLong()));
    }

    @Override
    public synchronized void giveBack(String name, String token) {
        Window window = windows.get(name);
        if (window != null) {
            window.giveBack(token);
        }
    }
}
