package dev.caravan.live;

import dev.caravan.http.HttpFeature;
import dev.caravan.job.Jobs;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.redis.RedisLink;
import dev.caravan.settings.Settings;
import dev.caravan.work.RunListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Assembles the live events: takes transactions and progress, and sends events to API clients and other processes. */
public final class LiveModule implements AutoCloseable {
    private final Events events;
    private final RedisLink link;
    private final Consumer<List<TransactWriteItem>> committed;
    private JobFollowers followers;
    private Feed feed;
    private SseClients clients;

    public LiveModule(Settings settings, RedisLink link) {
        this.link = link;
        this.events = new Events(
                link,
                settings.text("caravan.name"),
                settings.list("caravan.roles").contains("api"));
        this.committed = new CommittedEvents(events::tell);
    }

    /** Returns the listener that must receive every committed transaction. */
    public Consumer<List<TransactWriteItem>> committed() {
        return committed;
    }

    /**
     * Sends the end of jobs to the other processes and receives it from them.
     *
     * @param cancel ends the run of a job, if it is in this process
     * @param wake wakes the requests that wait for the end of a job
     */
    public void signal(Settings settings, Consumer<String> cancel, Consumer<String> wake) {
        events.hear(new Signals(link, settings.text("caravan.name"), cancel, wake));
    }

    /** Returns the listener for the runs of this process. */
    public RunListener progress(Clock clock) {
        ProgressEvents progress = new ProgressEvents(events::tell, clock, System::nanoTime);
        events.hear(progress::left);
        return progress;
    }

    /** Returns the HTTP handler for clients. */
    public HttpFeature door(
            Settings settings, Jobs jobs, Records records, Tables tables, Clock clock, MeterRegistry meters) {
        Gauge.builder("caravan.redis.up", link, redis -> redis.up() ? 1 : 0)
                .description("Whether this process is connected to Redis")
                .register(meters);
        followers = new JobFollowers(records, tables, clock, link::up);
        feed = new Feed(
                jobs, records, tables, clock, new EventReplay(link, events, jobs, records, tables, clock), link::up);
        clients = new SseClients(settings.number("caravan.events.max-clients"), meters);
        events.hear(followers::heard);
        events.hear(feed::heard);
        return new EventStreamHandler(followers, feed, clients);
    }

    /** Ends the responses to all clients: the server is about to stop. */
    @Override
    public void close() {
        if (clients != null) {
            clients.close();
            feed.close();
            followers.close();
        }
    }
}
