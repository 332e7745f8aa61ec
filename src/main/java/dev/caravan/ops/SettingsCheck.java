package dev.caravan.ops;

import java.util.List;
import java.util.Map;

/**
 * Checks whether the settings in the environment are known.
 *
 * @param retired sentences about names that have no meaning any more
 * @param unknown sentences about names that do not exist; with them Caravan does not start
 */
record SettingsCheck(List<String> retired, List<String> unknown) implements Check {
    @Override
    public String name() {
        return "settings";
    }

    @Override
    public Finding look() {
        if (!unknown.isEmpty()) {
            return Finding.bad(
                    HealthStatus.UNHEALTHY,
                    "unknown",
                    String.join("; ", unknown),
                    "Correct or unset it; nothing starts so.");
        }
        return retired.isEmpty()
                ? Finding.good("understood", Map.of())
                : Finding.bad(
                        HealthStatus.DEGRADED, "retired", String.join("; ", retired), "Unset what has no meaning.");
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(HealthStatus.DEGRADED, "unknown", why, null);
    }
}
