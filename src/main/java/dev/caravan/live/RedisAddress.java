package dev.caravan.live;

import java.net.URI;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;

/** Where Redis is, taken apart so that its password never stands in an address that somebody logs. */
record RedisAddress(boolean secured, String host, int port, String user, String password, int database) {
    private static final int DEFAULT_PORT = 6379;
    /** Milliseconds. Whoever asks Redis can do without the answer. */
    private static final int PATIENCE = 1_000;
    /** Milliseconds to connect and to subscribe, for which nobody waits. */
    private static final int PATIENCE_TO_CONNECT = 5_000;

    /** @param url {@code redis[s]://[user][:password]@host[:port][/database]} */
    static RedisAddress of(String url) {
        URI uri = URI.create(url);
        String[] login =
                uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        return new RedisAddress(
                "rediss".equals(uri.getScheme()),
                uri.getHost(),
                uri.getPort() > 0 ? uri.getPort() : DEFAULT_PORT,
                login.length < 2 || login[0].isEmpty() ? null : login[0],
                login.length < 2 ? null : login[1],
                path.isEmpty() ? 0 : Integer.parseInt(path));
    }

    /** A few threads and connections: what goes over them is small. */
    Config config(String clientName) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE).setThreads(2).setNettyThreads(2);
        SingleServerConfig server = config.useSingleServer()
                .setAddress((secured ? "rediss://" : "redis://") + host + ":" + port)
                .setDatabase(database)
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(8)
                .setSubscriptionConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(2)
                .setDnsMonitoringInterval(-1);
        server.setUsername(user)
                .setPassword(password)
                .setClientName(clientName)
                .setConnectTimeout(PATIENCE_TO_CONNECT)
                .setTimeout(PATIENCE)
                .setSubscriptionTimeout(PATIENCE_TO_CONNECT)
                .setRetryAttempts(0);
        return config;
    }

    /** Host and port, for people. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
