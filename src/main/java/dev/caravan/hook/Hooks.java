package dev.caravan.hook;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import dev.caravan.records.Items;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Calls the routes of integrators, at least once for each event. An event without a route is not kept. A route that fails or
 * takes long delays only other events: the job has already ended.
 */
public final class Hooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
    private static final int THREADS = 4;
    private static final int WAITING = 1000;
    /** An event of this age has been tried, or the process that wrote it is gone. */
    private static final Duration OVERDUE = Duration.ofSeconds(30);

    private final CamelContext context;
    private final Outbox outbox;
    private final EndedJobs endedJobs;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                Thread thread = new Thread(task, "hooks");
                thread.setDaemon(true);
                return thread;
            });
    private final Set<HookEvent> underWay = ConcurrentHashMap.newKeySet();
    private volatile Assets assets;
    private volatile Jobs jobs;
    private volatile ProducerTemplate template;

    Hooks(CamelContext context, Outbox outbox, EndedJobs endedJobs) {
        this.context = context;
        this.outbox = outbox;
        this.endedJobs = endedJobs;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Sets the source of the messages; until then, events wait. */
    public void tellOf(Assets newAssets, Jobs newJobs) {
        assets = newAssets;
        jobs = newJobs;
    }

    /** Adds to a transaction the events that it causes, if there is a route for them. */
    public List<TransactWriteItem> with(List<TransactWriteItem> parts) {
        List<HookEvent> events = endedJobs.in(parts).stream()
                .filter(event -> isWanted(event.kind()))
                .toList();
        if (events.isEmpty()) {
            return parts;
        }
        List<TransactWriteItem> all = new ArrayList<>(parts);
        events.forEach(event -> all.add(outbox.part(event)));
        return all;
    }

    /** Delivers the events of a committed transaction soon, on other threads. Neither blocks nor fails. */
    public void written(List<TransactWriteItem> parts) {
        parts.stream()
                .filter(part -> part.put() != null && part.put().item().containsKey("of_job"))
                .map(part -> HookEvent.of(Items.map(part.put().item())))
                .flatMap(Optional::stream)
                .forEach(this::tellSoon);
    }

    /** Returns false if the event is under way already, or if too many are. */
    private boolean tellSoon(HookEvent event) {
        if (!underWay.add(event)) {
            return false;
        }
        try {
            threads.execute(() -> {
                try {
                    tell(event);
                } finally {
                    underWay.remove(event);
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            underWay.remove(event);
            LOG.debug("event {} waits for the next round: too many are under way", event.id());
            return false;
        }
    }

    /**
     * Redelivers the events that no route has taken yet, on other threads: the reconciler calls this, and a route that hangs
     * must not stop recovery.
     *
     * @return the number of events that are delivered again
     */
    public int tellOverdue() {
        int told = 0;
        for (HookEvent event : outbox.olderThan(OVERDUE)) {
            if (isWanted(event.kind()) && tellSoon(event)) {
                told++;
            }
        }
        return told;
    }

    private void tell(HookEvent event) {
        try {
            call(event);
            outbox.remove(event);
        } catch (Exception e) {
            LOG.warn(
                    "the route {} failed for event {} of job {}; it is called again within a minute: {}",
                    event.kind().route,
                    event.id(),
                    event.jobId(),
                    String.valueOf(e.getMessage()));
        }
    }

    private void call(HookEvent event) throws Exception {
        Optional<Job> job = jobs.find(event.jobId());
        String assetId = event.assetId().isEmpty() ? job.map(Job::assetId).orElse("") : event.assetId();
        Asset asset = assets.find(assetId).orElse(null);
        EventMessage message = EventMessage.of(event, asset, job.orElse(null));
        Exchange answer = template().request(event.kind().uri(), exchange -> {
            exchange.getMessage().setBody(message.body());
            message.variables().forEach(exchange::setVariable);
        });
        if (answer.getException() != null) {
            throw answer.getException();
        }
    }

    /** Routes may be added and removed while Caravan runs. */
    private boolean isWanted(HookEvent.Kind kind) {
        String uri = "direct://" + kind.route;
        return context.getRoutes().stream()
                .anyMatch(route -> uri.equals(route.getEndpoint().getEndpointUri()));
    }

    private synchronized ProducerTemplate template() {
        if (template == null) {
            template = context.createProducerTemplate();
        }
        return template;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
