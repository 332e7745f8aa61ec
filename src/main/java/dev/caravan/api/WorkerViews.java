package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.control.PauseState;
import dev.caravan.control.QueuePauses;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.json.Json;
import dev.caravan.stats.Workers;
import dev.caravan.work.WorkerRecord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Header;

/** Shows and drains workers for the routes under {@code /api/v1/workers}; the bean {@code workers}. */
public final class WorkerViews {
    private final Workers workers;
    private final QueuePauses queuePauses;

    WorkerViews(Workers workers, QueuePauses queuePauses) {
        this.workers = workers;
        this.queuePauses = queuePauses;
    }

    public Map<String, Object> list() {
        return Map.of("workers", view(workers.alive(), queuePauses.read()));
    }

    /** Lets all workers of that name claim no new jobs. */
    public Map<String, Object> drain(@Header("worker") String name, JsonNode body) {
        return order(named(name), body);
    }

    /** Lets all present workers claim no new jobs; workers that start later do claim them. */
    public Map<String, Object> drainAll(JsonNode body) {
        return order(workers.alive(), body);
    }

    /** Lets all workers of that name claim jobs again. */
    public Map<String, Object> release(@Header("worker") String name) {
        return lift(named(name));
    }

    public Map<String, Object> releaseAll() {
        return lift(workers.alive());
    }

    private Map<String, Object> order(List<WorkerRecord> which, JsonNode body) {
        PauseState board = queuePauses.drain(
                identities(which),
                identities(workers.listed()),
                QueueViews.text(body, "reason"),
                QueueViews.text(body, "by"));
        return Map.of("workers", view(which, board));
    }

    private Map<String, Object> lift(List<WorkerRecord> which) {
        return Map.of("workers", view(which, queuePauses.release(identities(which))));
    }

    private List<WorkerRecord> named(String name) {
        List<WorkerRecord> found = workers.alive().stream()
                .filter(worker -> worker.name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_WORKER,
                    "No worker of the name %s has given a sign of life within 30 seconds".formatted(name),
                    "GET /api/v1/workers lists those that live.");
        }
        return found;
    }

    private static List<String> identities(List<WorkerRecord> workers) {
        return workers.stream().map(WorkerRecord::identity).toList();
    }

    static List<ObjectNode> view(List<WorkerRecord> workers, PauseState board) {
        return workers.stream().map(worker -> view(worker, board)).toList();
    }

    /** Shows a worker. The order takes effect immediately; the worker's record follows within a second or two. */
    private static ObjectNode view(WorkerRecord worker, PauseState board) {
        ObjectNode view = Json.MAPPER.valueToTree(worker);
        view.remove("beat");
        boolean ordered = board.draining(worker.identity());
        WorkerRecord.State state = worker.state();
        if (ordered && state == WorkerRecord.State.WORKING) {
            state = WorkerRecord.State.DRAINING;
        } else if (!ordered && state != WorkerRecord.State.STOPPING) {
            state = WorkerRecord.State.WORKING;
        }
        return view.put("state", state.name().toLowerCase(Locale.ROOT));
    }
}
