package dev.caravan.ops;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Whether Redis answers. Jobs do without it, so its absence degrades only. */
final class RedisCheck implements Check {
    private final Optional<RedisPing> ping;

    /** @param url {@code redis://:password@host:port}; empty where there is none */
    RedisCheck(Optional<String> url) {
        this.ping = url.map(URI::create).map(RedisPing::new);
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Finding look() throws Exception {
        if (ping.isEmpty()) {
            return Finding.good("not configured", Map.of());
        }
        ping.get().ask();
        return Finding.good("connected", Map.of());
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(
                HealthStatus.DEGRADED,
                "disconnected",
                why,
                "Check REDIS_URL and that Redis runs. Jobs go on; live progress and limits across workers are missing.");
    }
}
