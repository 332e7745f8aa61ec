package dev.caravan.http;

import dev.caravan.settings.Nearest;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses a query parameter that the operation does not know, and one without a value. Otherwise a misspelt filter, or a
 * script's empty variable, would match everything. An operation whose path has {@code x-caravan-open-query} takes any:
 * players, browsers and probes add some of their own.
 */
final class QueryCheck implements Handler<RoutingContext> {
    private final Contract contract;

    QueryCheck(Contract contract) {
        this.contract = contract;
    }

    @Override
    public void handle(RoutingContext context) {
        String raw = context.request().query();
        Optional<Set<String>> known = raw == null || raw.isEmpty()
                ? Optional.empty()
                : contract.queryNames(
                        context.request().path(), context.request().method().name());
        Optional<Problem> fault =
                known.flatMap(names -> fault(raw, names, context.request().path()));
        fault.ifPresentOrElse(problem -> EarlyAnswer.problem(context, problem), context::next);
    }

    static Optional<Problem> fault(String raw, Set<String> known, String path) {
        QueryString query;
        try {
            query = QueryString.parse(raw);
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
        for (String name : query.names()) {
            if (!known.contains(name)) {
                return Optional.of(unknown(name, known, path));
            } else if (query.find(name).isEmpty()) {
                return Optional.of(Problem.of(
                        ProblemCode.INVALID_QUERY,
                        "The parameter %s has no value".formatted(name),
                        "Give it one, or leave it away."));
            }
        }
        return Optional.empty();
    }

    private static Problem unknown(String name, Set<String> known, String path) {
        String advice = Nearest.of(name, known)
                .map(nearest -> "Did you mean %s? There are %s.".formatted(nearest, String.join(", ", known)))
                .orElse("Leave the query away.");
        return Problem.of(ProblemCode.INVALID_QUERY, "%s takes no parameter %s".formatted(path, name), advice);
    }
}
