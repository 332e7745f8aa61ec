package dev.caravan.ops;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Compares this machine's clock with that of S3, which refuses requests that are 15 minutes off. */
record ClockCheck(String endpoint, Clock clock) implements Check {
    private static final Duration TOLERABLE = Duration.ofSeconds(30);
    private static final Duration REFUSED = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Finding look() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(endpoint).toURL().openConnection();
        connection.setConnectTimeout((int) Health.PATIENCE.toMillis());
        connection.setReadTimeout((int) Health.PATIENCE.toMillis());
        connection.setRequestMethod("HEAD");
        connection.getResponseCode();
        long theirs = connection.getDate();
        if (theirs == 0) {
            return Finding.good("unknown", Map.of());
        }
        return judge(Duration.ofMillis(Math.abs(clock.millis() - theirs)));
    }

    static Finding judge(Duration skew) {
        Map<String, ?> details = Map.of("skew_seconds", skew.toSeconds());
        return skew.compareTo(TOLERABLE) <= 0
                ? Finding.good("right", details)
                : new Finding(
                        "wrong",
                        skew.compareTo(REFUSED) < 0 ? HealthStatus.DEGRADED : HealthStatus.UNHEALTHY,
                        null,
                        "It differs from that of S3 by %d s; from 900 s on S3 refuses what is signed here"
                                .formatted(skew.toSeconds()),
                        "Let a time service set the clock (chrony, systemd-timesyncd).",
                        details);
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(HealthStatus.DEGRADED, "unknown", endpoint + ": " + why, "Check that S3 can be reached.");
    }
}
