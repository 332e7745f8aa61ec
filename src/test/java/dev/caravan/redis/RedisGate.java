package dev.caravan.redis;

import dev.caravan.Gate;
import dev.caravan.local.SharedCloud;
import dev.caravan.settings.RedisAddress;
import java.net.URI;
import java.util.Optional;

/** A gate before the shared Redis. */
public final class RedisGate implements AutoCloseable {
    private final URI real = URI.create(SharedCloud.get().properties().get("caravan.redis.url"));
    private final Gate gate = new Gate("http://" + real.getHost() + ":" + real.getPort());

    public String url() {
        String login = real.getUserInfo() == null ? "" : real.getUserInfo() + "@";
        return "redis://" + login + URI.create(gate.url()).getAuthority();
    }

    public Optional<RedisAddress> address() {
        String password = real.getUserInfo().split(":", 2)[1];
        URI here = URI.create(gate.url());
        return Optional.of(new RedisAddress(false, here.getHost(), here.getPort(), null, password, 0));
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
