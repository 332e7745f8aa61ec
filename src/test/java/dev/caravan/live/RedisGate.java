package dev.caravan.live;

import dev.caravan.Gate;
import dev.caravan.local.SharedCloud;
import java.net.URI;

/** A gate before the shared Redis. */
public final class RedisGate implements AutoCloseable {
    private final URI real = URI.create(SharedCloud.get().properties().get("caravan.redis.url"));
    private final Gate gate = new Gate("http://" + real.getHost() + ":" + real.getPort());

    public String url() {
        String login = real.getUserInfo() == null ? "" : real.getUserInfo() + "@";
        return "redis://" + login + URI.create(gate.url()).getAuthority();
    }

    public void shut() {
        gate.shut();
    }

    public void reopen() {
        gate.reopen();
    }

    @Override
    public void close() {
        gate.close();
    }
}
