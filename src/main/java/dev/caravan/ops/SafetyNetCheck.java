package dev.caravan.ops;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks whether a function that makes up for losses works. If it does not, nothing looks wrong until something is lost.
 *
 * @param trouble why it has not worked for some time
 */
record SafetyNetCheck(String name, Supplier<Optional<String>> trouble) implements Check {
    @Override
    public Finding look() {
        return trouble.get().map(this::failing).orElseGet(() -> Finding.good("working", Map.of()));
    }

    private Finding failing(String why) {
        return Finding.bad(
                HealthStatus.DEGRADED,
                "failing",
                why,
                "Mend the cause; it is tried again by itself. Until then lost events and leftovers are not found.");
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(HealthStatus.DEGRADED, "unknown", why, null);
    }
}
