package dev.caravan.ops;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.RedisAddress;
import dev.caravan.settings.Settings;
import java.util.Map;
import java.util.Optional;

/** Checks whether Redis answers. Jobs run without it, so its absence only degrades the status. */
final class RedisCheck implements Check {
    private final Optional<RedisConnectionCheck> ping;

    /** @param address empty where there is none */
    RedisCheck(Optional<RedisAddress> address) {
        this.ping = address.map(RedisConnectionCheck::new);
    }

    /** Reports an address that is not valid. */
    static Check of(Settings settings) {
        try {
            return new RedisCheck(RedisAddress.of(settings));
        } catch (InvalidSetting e) {
            return new Misnamed(e.getMessage());
        }
    }

    private record Misnamed(String why) implements Check {
        @Override
        public String name() {
            return "redis";
        }

        @Override
        public Finding look() {
            return outOfReach(why);
        }

        @Override
        public Finding outOfReach(String reason) {
            return Finding.bad(HealthStatus.UNHEALTHY, "misnamed", reason, "Correct the setting; nothing starts so.");
        }
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
                "Check REDIS_URL or REDIS_HOST, and that Redis runs; the one that ./caravan run brings starts again by itself. Jobs go on; live progress and limits across workers are missing.");
    }
}
