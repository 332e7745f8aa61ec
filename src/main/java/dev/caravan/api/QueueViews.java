package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.control.Pause;
import dev.caravan.control.PauseState;
import dev.caravan.control.QueuePauses;
import dev.caravan.job.Counters;
import dev.caravan.job.PipelineAndPriority;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.json.Json;
import dev.caravan.stats.QueueCount;
import dev.caravan.stats.Queues;
import dev.caravan.stats.Workers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Shows, pauses and resumes queues for the routes under {@code /api/v1/queues}; the bean {@code queues}. */
public final class QueueViews {
    private final Counters counts;
    private final Queues queues;
    private final Workers workers;
    private final QueuePauses queuePauses;
    private final Pipelines pipelines;

    QueueViews(QueueBeans.Parts parts, Pipelines pipelines) {
        this.counts = parts.counts();
        this.queues = parts.queues();
        this.workers = parts.workers();
        this.queuePauses = parts.switches();
        this.pipelines = pipelines;
    }

    /** Returns the counts of all queues, in total and by pipeline and priority. */
    public Map<String, Object> show() {
        PauseState board = queuePauses.read();
        return view(queues.of(counts.read().jobs(), workers.alive()), board);
    }

    /** @return all pauses now */
    public Map<String, Object> pause(JsonNode body) {
        String pipeline = text(body, "pipeline");
        if (pipeline != null) {
            pipelines.check(pipeline, Map.of(), null);
        }
        Priority priority = PriorityWord.read(body.path("priority"));
        return paused(queuePauses.pause(pipeline, priority, text(body, "reason"), text(body, "by")));
    }

    /** @return the pauses that remain */
    public Map<String, Object> resume(JsonNode body) {
        return paused(queuePauses.resume(text(body, "pipeline"), PriorityWord.read(body.path("priority"))));
    }

    static Map<String, Object> view(Map<PipelineAndPriority, QueueCount> queues, PauseState board) {
        Map<String, Map<Priority, QueueCount>> byPipeline = new TreeMap<>();
        queues.forEach((kind, count) -> byPipeline
                .computeIfAbsent(kind.pipeline(), unknown -> new TreeMap<>())
                .put(kind.priority(), count));
        Map<String, Object> view = paused(board);
        view.put("overall", count(sum(queues.values()), board.paused(null, null)));
        view.put(
                "pipelines",
                byPipeline.entrySet().stream()
                        .map(each -> pipeline(each.getKey(), each.getValue(), board))
                        .toList());
        return view;
    }

    private static Map<String, Object> pipeline(String name, Map<Priority, QueueCount> counts, PauseState board) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("pipeline", name);
        view.putAll(Json.toMap(count(sum(counts.values()), board.paused(name, null))));
        Map<String, Object> priorities = new LinkedHashMap<>();
        for (Priority priority : Priority.values()) {
            priorities.put(
                    PriorityWord.of(priority),
                    count(counts.getOrDefault(priority, QueueCount.NONE), board.paused(name, priority)));
        }
        view.put("priorities", priorities);
        return view;
    }

    private static QueueCount sum(Iterable<QueueCount> counts) {
        QueueCount sum = QueueCount.NONE;
        for (QueueCount count : counts) {
            sum = sum.and(count);
        }
        return sum;
    }

    private static ObjectNode count(QueueCount count, boolean paused) {
        ObjectNode view = Json.MAPPER.valueToTree(count);
        return view.put("paused", paused);
    }

    private static Map<String, Object> paused(PauseState board) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("paused", board.paused().stream().map(QueueViews::view).toList());
        return view;
    }

    private static Map<String, Object> view(Pause pause) {
        Map<String, Object> view = Json.toMap(pause);
        view.computeIfPresent("priority", (field, word) -> PriorityWord.of(pause.priority()));
        return view;
    }

    static String text(JsonNode body, String field) {
        return body.hasNonNull(field) ? body.get(field).asText() : null;
    }
}
