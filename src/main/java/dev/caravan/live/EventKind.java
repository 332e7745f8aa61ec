package dev.caravan.live;

import java.util.Locale;
import java.util.Set;

/** The kind of an event; its name is the type of the server-sent event. */
enum EventKind {
    STATUS,
    STEP,
    PROGRESS;

    private static final Set<String> OF_STEPS = Set.of("step-started", "step-done", "step-failed");

    /** Returns the kind of an event of the history. */
    static EventKind of(String name) {
        return OF_STEPS.contains(name) ? STEP : STATUS;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
