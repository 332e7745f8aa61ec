package dev.caravan.ops;

import dev.caravan.work.Worker;
import java.util.Map;

/** Reports what the worker of this process does; it never degrades the status. */
final class WorkerCheck implements Check {
    private final Worker worker;

    WorkerCheck(Worker worker) {
        this.worker = worker;
    }

    @Override
    public String name() {
        return "worker";
    }

    @Override
    public Finding look() {
        int running = worker.running().size();
        return Finding.good(
                running > 0 ? "busy" : "idle",
                Map.of("jobs_running", running, "encoding", worker.slotsTaken(), "room", worker.hasRoom()));
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(HealthStatus.DEGRADED, "unknown", why, null);
    }
}
