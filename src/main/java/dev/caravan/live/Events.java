package dev.caravan.live;

import dev.caravan.json.Json;
import dev.caravan.redis.RedisLink;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.redisson.api.RScript;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on events of jobs: those of this process immediately, those of others if Redis delivers them. Events of the history
 * are also kept in a Redis stream for a while, in the order of their publication.
 */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    /** The approximate number of events that the stream keeps. */
    private static final String KEPT = "10000";
    /** Runs as one Redis script, so that the stream and the published events have one order. */
    private static final String KEEP_AND_TELL = "redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'e', ARGV[2])"
            + " return redis.call('PUBLISH', KEYS[2], ARGV[2])";

    private final String self = UUID.randomUUID().toString().substring(0, 8);
    private final RedisLink link;
    private final String topic;
    private final List<Consumer<LiveEvent>> listeners = new CopyOnWriteArrayList<>();

    /** @param hears whether this process receives events of other processes */
    Events(RedisLink link, String name, boolean hears) {
        this.link = link;
        this.topic = name + ":events";
        if (hears) {
            link.hear(topic, this::fromElsewhere);
        }
    }

    /** @param listener must neither wait nor fail */
    void hear(Consumer<LiveEvent> listener) {
        listeners.add(listener);
    }

    void tell(LiveEvent event) {
        listeners.forEach(listener -> listener.accept(event));
        if (event.id() == null) {
            link.tell(topic, wire(event));
        } else {
            link.client().ifPresent(redis -> {
                try {
                    redis.getScript(StringCodec.INSTANCE)
                            .evalAsync(
                                    RScript.Mode.READ_WRITE,
                                    KEEP_AND_TELL,
                                    RScript.ReturnType.INTEGER,
                                    List.of(stream(), topic),
                                    KEPT,
                                    wire(event));
                } catch (RedisException | IllegalStateException e) {
                    LOG.debug("not told: {}", e.getMessage());
                }
            });
        }
    }

    /** The key of the Redis stream with the events of the history; each entry has its event under {@code e}. */
    String stream() {
        return topic + ":recent";
    }

    private String wire(LiveEvent event) {
        return Json.text(new Wire(self, event.jobId(), event.kind(), event.id(), event.data()));
    }

    static LiveEvent read(String wire) {
        return Json.convert(Json.parse(wire), Wire.class).event();
    }

    private void fromElsewhere(String message) {
        try {
            Wire wire = Json.convert(Json.parse(message), Wire.class);
            if (!self.equals(wire.from())) {
                listeners.forEach(listener -> listener.accept(wire.event()));
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("not one of our events: {}", e.getMessage());
        }
    }

    /** @param from the process that publishes it */
    private record Wire(String from, String jobId, EventKind kind, String id, Map<String, Object> data) {
        LiveEvent event() {
            return new LiveEvent(jobId, kind, id, data);
        }
    }
}
