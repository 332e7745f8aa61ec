package dev.caravan.live;

import dev.caravan.redis.RedisLink;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends short messages between processes over Redis: that a job was cancelled, or has ended. */
final class Signals implements Consumer<LiveEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final String CANCELLED = "cancelled ";
    private static final String ENDED = "ended ";

    private final RedisLink link;
    private final String topic;
    private final Consumer<String> cancel;
    private final Consumer<String> wake;

    /**
     * @param cancel ends the run of a job, if it is in this process
     * @param wake wakes the requests that wait for the end of a job
     */
    Signals(RedisLink link, String name, Consumer<String> cancel, Consumer<String> wake) {
        this.link = link;
        this.topic = name + ":signals";
        this.cancel = cancel;
        this.wake = wake;
        link.hear(topic, this::heard);
    }

    /** Tells the other processes what an event of this process means for them. */
    @Override
    public void accept(LiveEvent event) {
        if (event.ends()) {
            link.tell(topic, (event.name().equals("cancelled") ? CANCELLED : ENDED) + event.jobId());
        }
    }

    private void heard(String signal) {
        if (signal.startsWith(CANCELLED)) {
            String id = signal.substring(CANCELLED.length());
            cancel.accept(id);
            wake.accept(id);
        } else if (signal.startsWith(ENDED)) {
            wake.accept(signal.substring(ENDED.length()));
        } else {
            LOG.debug("a signal of a newer Caravan: {}", signal);
        }
    }
}
