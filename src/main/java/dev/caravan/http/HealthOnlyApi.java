package dev.caravan.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Answers for a process that has no API role: it reports its health, and nothing else. */
final class HealthOnlyApi implements Handler<RoutingContext> {
    private static final Set<String> OF_EVERY_PROCESS = Set.of("/livez", "/readyz", "/api/health", "/metrics");

    @Override
    public void handle(RoutingContext context) {
        String path = context.request().path();
        if (OF_EVERY_PROCESS.contains(path)) {
            context.next();
        } else {
            VertxAnswers.problem(
                    context,
                    Problem.of(
                            ProblemCode.UNKNOWN_PATH,
                            "There is nothing at " + path + ": this process has no API role",
                            "Ask a process that has it, or add api to caravan.roles (CARAVAN_ROLES) of this one."));
        }
    }
}
