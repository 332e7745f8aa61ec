package dev.caravan.live;

import dev.caravan.http.HttpFeature;
import dev.caravan.http.Problem;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import dev.caravan.http.VertxAnswers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Answers {@code GET /api/v1/jobs/{job_id}/events} and {@code GET /api/v1/events} with server-sent events. No thread waits
 * for a client.
 */
final class EventStreamHandler implements HttpFeature {
    private static final Set<String> METHODS = Set.of("GET");
    private static final int COME_BACK_IN_SECONDS = 10;

    private final JobFollowers followers;
    private final Feed feed;
    private final SseClients clients;

    EventStreamHandler(JobFollowers followers, Feed feed, SseClients clients) {
        this.followers = followers;
        this.feed = feed;
        this.clients = clients;
    }

    @Override
    public void install(Router router) {
        router.route("/api/v1/jobs/:job_id/events").order(BEFORE_CONTRACT).handler(of(this::job));
        router.route("/api/v1/events").order(BEFORE_CONTRACT).handler(of(this::all));
    }

    private Handler<RoutingContext> of(Consumer<RoutingContext> get) {
        return context -> {
            if (context.request().method().equals(HttpMethod.OPTIONS)) {
                VertxAnswers.options(context, METHODS);
            } else if (!context.request().method().equals(HttpMethod.GET)) {
                VertxAnswers.wrongMethod(context, METHODS);
            } else {
                get.accept(context);
            }
        };
    }

    private void job(RoutingContext context) {
        String jobId = context.pathParam("job_id");
        String given = lastId(context);
        String lastId = given == null || !JobPage.isPlace(given) ? null : given;
        enter(context).ifPresent(client -> {
            JobClient listener = new JobClient(context, client, jobId, lastId);
            context.addEndHandler(ended -> followers.leave(jobId, listener));
            followers.join(jobId, listener);
        });
    }

    private void all(RoutingContext context) {
        FeedFilter filter = FeedFilter.of(QueryString.parse(context.request().query()));
        String lastId = lastId(context);
        enter(context).ifPresent(client -> {
            client.open();
            if (VertxAnswers.withoutBody(context)) {
                client.end();
                return;
            }
            FeedClient listener = new FeedClient(client, filter, lastId);
            context.addEndHandler(ended -> feed.leave(listener));
            feed.join(listener);
        });
    }

    private Optional<SseClient> enter(RoutingContext context) {
        Optional<SseClient> client = clients.enter(context);
        if (client.isEmpty()) {
            Problem problem = Problem.of(
                    ProblemCode.TOO_MANY_CLIENTS,
                    "As many clients follow live events here as can",
                    "Try again in %d seconds, or raise caravan.events.max-clients.".formatted(COME_BACK_IN_SECONDS));
            VertxAnswers.problem(context, problem.retryAfter(COME_BACK_IN_SECONDS));
        }
        return client;
    }

    /** Browsers send the header when they reconnect; the parameter is for clients that cannot set headers. */
    private static String lastId(RoutingContext context) {
        QueryString query = QueryString.parse(context.request().query());
        String given = Optional.ofNullable(context.request().getHeader("Last-Event-ID"))
                .filter(id -> !id.isEmpty())
                .or(() -> query.find("last_event_id"))
                .or(() -> query.find("lastEventId"))
                .orElse(null);
        if (given != null && !SseClient.isId(given)) {
            throw new ProblemException(
                    ProblemCode.INVALID_QUERY,
                    "The id of the last event is not one of ours",
                    "Give the id of an event as it came, or none.");
        }
        return given;
    }

    private record FeedClient(SseClient client, FeedFilter filter, String lastId) implements FeedListener {
        @Override
        public void event(LiveEvent event, String id) {
            if (filter.test(event)) {
                client.send(event, id);
            }
        }
    }
}
