package dev.caravan.upload.presigned;

import dev.caravan.failure.FullDisk;
import dev.caravan.http.EarlyAnswer;
import dev.caravan.http.ProblemException;
import dev.caravan.http.Problems;
import dev.caravan.upload.UploadPlaces;
import dev.caravan.upload.UploadProblems;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Answers requests whose bodies are streamed to S3: each has its own thread, and a place among the uploads. */
public final class StreamingUploadExecutor implements AutoCloseable {
    private final UploadPlaces places;
    private final Duration stall;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "uploads-on-their-way");
        thread.setDaemon(true);
        return thread;
    });

    StreamingUploadExecutor(UploadPlaces places, Duration stall) {
        this.places = places;
        this.stall = stall;
    }

    /** Handles a request. */
    public interface Work {
        /**
         * @param body may be left unread
         * @return writes the answer
         * @throws ProblemException and everything else that can be answered as a problem
         */
        Consumer<RoutingContext> on(BodyStream body) throws IOException;
    }

    /** Called on the event loop of the request. */
    public void take(RoutingContext routing, Work work) {
        Context loop = routing.vertx().getOrCreateContext();
        try {
            Runnable place = places.take();
            BodyStream body = new BodyStream(routing, stall);
            threads.execute(() -> {
                Consumer<RoutingContext> answer = answer(work, body);
                place.run();
                loop.runOnContext(now -> answer.accept(routing));
            });
        } catch (ProblemException crowded) {
            EarlyAnswer.problem(routing, crowded.problem());
        }
    }

    private static Consumer<RoutingContext> answer(Work work, BodyStream body) {
        try {
            Consumer<RoutingContext> answer = work.on(body);
            return routing -> {
                leaveTheRest(routing.request());
                if (!routing.response().closed()) {
                    answer.accept(routing);
                }
            };
        } catch (BodyStream.Gone nobody) {
            return routing -> {};
        } catch (IOException | RuntimeException e) {
            Throwable told = FullDisk.behind(e) ? UploadProblems.diskFull() : e;
            return routing -> EarlyAnswer.problem(routing, Problems.of(told));
        }
    }

    /** Drops the rest of the body: nothing can follow on a connection whose request is paused. */
    private static void leaveTheRest(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.handler(unread -> {}).resume();
        }
    }

    /** Answers a request without a body, which takes no place. Called on its event loop. */
    public void ask(RoutingContext routing, Callable<Consumer<RoutingContext>> work) {
        routing.vertx()
                .executeBlocking(work, false)
                .onSuccess(answer -> answer.accept(routing))
                .onFailure(routing::fail);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
