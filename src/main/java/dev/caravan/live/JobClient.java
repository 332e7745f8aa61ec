package dev.caravan.live;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.VertxAnswers;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;

/** Sends the events of one job to a client; its response begins when the job is found, and ends with the job. */
final class JobClient implements JobListener {
    /** Tells browsers not to reconnect. */
    private static final int NOTHING_MORE = 204;

    private final RoutingContext context;
    private final Context loop;
    private final SseClient client;
    private final String jobId;
    private final String lastId;

    JobClient(RoutingContext context, SseClient client, String jobId, String lastId) {
        this.context = context;
        this.loop = context.vertx().getOrCreateContext();
        this.client = client;
        this.jobId = jobId;
        this.lastId = lastId;
    }

    @Override
    public String lastId() {
        return lastId;
    }

    @Override
    public void joined(JobPage page, LiveEvent snapshot) {
        if (lastId != null && page.complete() && lastId.equals(page.lastId())) {
            loop.runOnContext(
                    now -> context.response().setStatusCode(NOTHING_MORE).end());
            return;
        }
        client.open();
        if (VertxAnswers.withoutBody(context)) {
            client.end();
        } else {
            client.send(snapshot, snapshot.id());
        }
    }

    @Override
    public void event(LiveEvent event) {
        client.send(event, event.id());
    }

    @Override
    public void ended() {
        client.end();
    }

    @Override
    public void unknown() {
        loop.runOnContext(now -> context.fail(new ProblemException(
                ProblemCode.UNKNOWN_JOB,
                "There is no job with the id " + jobId,
                "GET /api/v1/jobs lists those that there are.")));
    }

    @Override
    public void failed(RuntimeException why) {
        loop.runOnContext(now -> context.fail(why));
    }
}
