package dev.caravan.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Refuses paths and methods that the contract does not know, with a problem: Camel's own answer would be empty. */
final class UnknownPathHandler implements Handler<RoutingContext> {
    private final Contract contract;

    UnknownPathHandler(Contract contract) {
        this.contract = contract;
    }

    @Override
    public void handle(RoutingContext context) {
        Set<String> methods = contract.methods(context.request().path()).orElse(null);
        if (methods == null) {
            unknownPath(context);
        } else if (context.request().method().equals(HttpMethod.OPTIONS)) {
            VertxAnswers.options(context, methods);
        } else if (!methods.contains(context.request().method().name())) {
            VertxAnswers.wrongMethod(context, methods);
        } else {
            context.next();
        }
    }

    static void unknownPath(RoutingContext context) {
        VertxAnswers.problem(
                context,
                Problem.of(
                        ProblemCode.UNKNOWN_PATH,
                        "There is nothing at " + context.request().path(),
                        "/docs shows all paths that there are."));
    }
}
