package dev.caravan.ops;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the whole is, from good to bad. Written in lower case. */
enum HealthStatus {
    /** Everything works. */
    HEALTHY,
    /** Jobs go on; something that they can do without is missing, or will be soon. */
    DEGRADED,
    /** Nothing goes on until somebody acts. */
    UNHEALTHY;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    HealthStatus worse(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
