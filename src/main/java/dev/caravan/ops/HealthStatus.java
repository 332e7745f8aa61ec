package dev.caravan.ops;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The overall status, from good to bad. Written in lower case. */
enum HealthStatus {
    /** Everything works. */
    HEALTHY,
    /** Jobs continue; something that they can do without is missing, or will be soon. */
    DEGRADED,
    /** Jobs cannot continue until an operator acts. */
    UNHEALTHY;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    HealthStatus worse(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
