package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.control.Purge;
import dev.caravan.control.PurgeConfirmation;
import dev.caravan.control.QueuedJobFilter;
import dev.caravan.job.JobStatus;
import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Purges for clients: first counts, then, confirmed, cancels some jobs at a time; the bean {@code purging}. */
public final class Purging {
    private static final Set<String> FILTER = Set.of("pipeline", "priority", "owner", "status", "older_than_seconds");
    private static final int USUAL = 100;

    private final Purge purge;
    private final PurgeConfirmation confirmation;
    private final Clock clock;

    Purging(Purge purge, Clock clock) {
        this.purge = purge;
        this.confirmation = new PurgeConfirmation(clock);
        this.clock = clock;
    }

    /** Purges; without {@code confirm} it only counts. */
    public Map<String, Object> purge(JsonNode body) {
        Map<String, Object> question = question(body);
        String confirm = QueueViews.text(body, "confirm");
        return confirm == null ? count(body, question) : run(body, question, confirm);
    }

    private Map<String, Object> count(JsonNode body, Map<String, Object> question) {
        Instant asked = clock.instant();
        Purge.Count count = purge.count(waiting(body, asked), null);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("purged", 0);
        answer.put("remaining", count.jobs());
        answer.put("remaining_is_whole", count.whole());
        answer.put("confirm", confirmation.of(question, asked));
        return answer;
    }

    private Map<String, Object> run(JsonNode body, Map<String, Object> question, String confirm) {
        QueuedJobFilter which = waiting(body, confirmation.asked(question, confirm));
        String reason = QueueViews.text(body, "reason");
        Purge.Done done = purge.purge(
                which,
                QueueViews.text(body, "cursor"),
                body.path("limit").asInt(USUAL),
                "purged" + (reason == null ? "" : ": " + reason));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("purged", done.purged());
        Purge.Count left = done.cursor() == null ? new Purge.Count(0, true) : purge.count(which, done.cursor());
        answer.put("remaining", left.jobs());
        answer.put("remaining_is_whole", left.whole());
        if (done.cursor() != null) {
            answer.put("confirm", confirm);
            answer.put("cursor", done.cursor());
        }
        return answer;
    }

    private static QueuedJobFilter waiting(JsonNode body, Instant asked) {
        Instant before = asked.minusSeconds(body.path("older_than_seconds").asLong(0));
        String status = QueueViews.text(body, "status");
        return new QueuedJobFilter(
                QueueViews.text(body, "pipeline"),
                PriorityWord.read(body.path("priority")),
                QueueViews.text(body, "owner"),
                status == null ? null : JobStatus.valueOf(status),
                Timestamps.of(before));
    }

    /** Returns the fields that select jobs, without the options. */
    private static Map<String, Object> question(JsonNode body) {
        ObjectNode filter = body.isObject() ? ((ObjectNode) body.deepCopy()).retain(FILTER) : null;
        return filter == null ? Map.of() : Json.toMap(filter);
    }
}
