package dev.caravan.control;

import dev.caravan.job.Priority;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * All pauses and drains at one moment.
 *
 * @param version grows with each change
 */
public record PauseState(long version, List<Pause> paused, List<Drain> draining) {
    static final PauseState ALL_ON = new PauseState(0, List.of(), List.of());

    public PauseState {
        paused = paused == null ? List.of() : List.copyOf(paused);
        draining = draining == null ? List.of() : List.copyOf(draining);
    }

    /** Whether a pause covers jobs of this kind. */
    public boolean paused(String pipeline, Priority priority) {
        return paused.stream().anyMatch(pause -> pause.covers(pipeline, priority));
    }

    /** Whether this worker process claims no new jobs. */
    public boolean draining(String worker) {
        return draining.stream().anyMatch(drain -> drain.worker().equals(worker));
    }

    /** Adds a pause; one that exists keeps its beginning and gets the new reason and author. */
    PauseState off(Pause pause) {
        List<Pause> now = new ArrayList<>(paused);
        Optional<Pause> before = now.stream()
                .filter(known -> known.isAt(pause.pipeline(), pause.priority()))
                .findFirst();
        before.ifPresent(now::remove);
        String since = before.map(Pause::since).orElse(pause.since());
        now.add(new Pause(pause.pipeline(), pause.priority(), since, pause.reason(), pause.by()));
        return new PauseState(version, now, draining);
    }

    /** Removes this pause; other pauses stay. */
    PauseState on(String pipeline, Priority priority) {
        List<Pause> now = new ArrayList<>(paused);
        now.removeIf(pause -> pause.isAt(pipeline, priority));
        return new PauseState(version, now, draining);
    }

    PauseState drain(Drain drain) {
        if (draining(drain.worker())) {
            return this;
        }
        List<Drain> now = new ArrayList<>(draining);
        now.add(drain);
        return new PauseState(version, paused, now);
    }

    PauseState release(Collection<String> workers) {
        List<Drain> now = new ArrayList<>(draining);
        now.removeIf(drain -> workers.contains(drain.worker()));
        return new PauseState(version, paused, now);
    }

    /** Without orders to processes that do not exist any more. */
    PauseState onlyOf(Collection<String> workers) {
        List<Drain> now = new ArrayList<>(draining);
        now.removeIf(drain -> !workers.contains(drain.worker()));
        return new PauseState(version, paused, now);
    }
}
