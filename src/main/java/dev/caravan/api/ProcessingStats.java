package dev.caravan.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.control.PauseState;
import dev.caravan.control.QueuePauses;
import dev.caravan.job.Counters;
import dev.caravan.job.Pipelines;
import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import dev.caravan.stats.PipelineSpeed;
import dev.caravan.stats.Queues;
import dev.caravan.stats.Throughput;
import dev.caravan.stats.Workers;
import dev.caravan.work.WorkerRecord;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Summarizes all processing; the bean {@code processingStats} of the route video-processing-stats. */
public final class ProcessingStats {
    private final Counters counters;
    private final Queues queues;
    private final Workers workers;
    private final Throughput throughput;
    private final QueuePauses queuePauses;
    private final Pipelines pipelines;
    private final Clock clock;

    ProcessingStats(QueueBeans.Parts parts, Pipelines pipelines, Clock clock) {
        this.counters = parts.counts();
        this.queues = parts.queues();
        this.workers = parts.workers();
        this.throughput = parts.throughput();
        this.queuePauses = parts.switches();
        this.pipelines = pipelines;
        this.clock = clock;
    }

    public Map<String, Object> show() {
        Counters.Totals totals = counters.read();
        List<WorkerRecord> alive = workers.alive();
        PauseState board = queuePauses.read();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", Timestamps.now(clock));
        view.put("assets", assets(totals.assets()));
        view.put("jobs", QueueViews.view(queues.of(totals.jobs(), alive), board).get("overall"));
        view.put("workers", WorkerViews.view(alive, board));
        view.put("pipelines", paces());
        view.put("percentiles_within_percent", Throughput.PRECISION);
        return view;
    }

    private static Map<String, Object> assets(Map<String, Long> counted) {
        Map<String, Object> assets = new LinkedHashMap<>();
        long all = 0;
        for (AssetType type : AssetType.values()) {
            Map<String, Long> byStatus = new LinkedHashMap<>();
            long ofType = 0;
            for (AssetStatus status : AssetStatus.values()) {
                long count = counted.getOrDefault(type.word() + "_" + status.word(), 0L);
                byStatus.put(status.word(), count);
                ofType += count;
            }
            byStatus.put("total", ofType);
            assets.put(type.word(), byStatus);
            all += ofType;
        }
        assets.put("total", all);
        return assets;
    }

    private List<Map<String, Object>> paces() {
        Map<String, PipelineSpeed> hour = throughput.lastHour();
        Map<String, PipelineSpeed> day = throughput.lastDay();
        TreeSet<String> names = new TreeSet<>(pipelines.names());
        names.addAll(day.keySet());
        return names.stream()
                .map(name -> pace(name, hour.get(name), day.get(name)))
                .toList();
    }

    private static Map<String, Object> pace(String pipeline, PipelineSpeed hour, PipelineSpeed day) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("pipeline", pipeline);
        view.put("last_hour", pace(hour));
        view.put("last_day", pace(day));
        return view;
    }

    private static ObjectNode pace(PipelineSpeed pace) {
        if (pace == null) {
            return Json.MAPPER
                    .createObjectNode()
                    .put("completed", 0)
                    .put("failed", 0)
                    .put("cancelled", 0)
                    .put("per_hour", 0);
        }
        ObjectNode view = Json.MAPPER.createObjectNode();
        view.put("since", Timestamps.of(pace.since()));
        view.put("completed", pace.completed()).put("failed", pace.failed()).put("cancelled", pace.cancelled());
        view.put("per_hour", rounded(pace.perHour()));
        if (pace.medianSeconds() != null) {
            view.put("median_seconds", rounded(pace.medianSeconds()));
            view.put("p95_seconds", rounded(pace.p95Seconds()));
            view.put("mean_seconds", rounded(pace.meanSeconds()));
        }
        return view;
    }

    /** Rounds to milliseconds, which are precise enough here. */
    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
