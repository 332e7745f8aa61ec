package dev.caravan.redis;

import dev.caravan.settings.RedisAddress;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;

/** Configures the Redis client: a few threads and connections, as the messages are small. */
final class RedisConfig {
    /** Milliseconds. Callers can do without the answer. */
    private static final int PATIENCE = 1_000;
    /** Milliseconds to connect and to subscribe, for which no caller waits. */
    private static final int PATIENCE_TO_CONNECT = 5_000;

    private RedisConfig() {}

    /** @param clientName the name under which Redis lists this process */
    static Config of(RedisAddress address, String clientName) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE).setThreads(2).setNettyThreads(2);
        SingleServerConfig server = config.useSingleServer()
                .setAddress((address.secured() ? "rediss://" : "redis://") + address.host() + ":" + address.port())
                .setDatabase(address.database())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(8)
                .setSubscriptionConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(2)
                .setDnsMonitoringInterval(-1);
        server.setUsername(address.user())
                .setPassword(address.password())
                .setClientName(clientName)
                .setConnectTimeout(PATIENCE_TO_CONNECT)
                .setTimeout(PATIENCE)
                .setSubscriptionTimeout(PATIENCE_TO_CONNECT)
                .setRetryAttempts(0);
        return config;
    }
}
