package dev.caravan.job;

import dev.caravan.records.Write;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One change of a job's record by one row of the table of transitions. It refuses to write what the row does not name, and
 * to leave out what the row requires.
 */
final class JobChange {
    private final Transition transition;
    private final Write write;
    private final Set<String> written = new HashSet<>();

    /** @param now in the format of times in the record */
    JobChange(Transition transition, Write write, SeenJob seen, String now) {
        this.transition = transition;
        this.write = write;
        TransitionCondition.hold(transition.conditions(), write, seen);
        if (transition.newFence()) {
            write.set(JobFields.FENCE, seen.fence() + 1);
        }
        if (transition.statuses().size() == 1) {
            write.set(JobFields.STATUS, transition.statuses().get(0).name());
        }
        transition.removes().forEach(write::remove);
        for (String time : Set.of(JobFields.UPDATED_AT, JobFields.FINISHED_AT)) {
            if (transition.sets().contains(time)) {
                set(time, now);
            }
        }
    }

    /** Chooses one of the statuses of the row. */
    JobChange status(JobStatus status) {
        require(transition.statuses().contains(status), "does not make a job", status.name());
        write.set(JobFields.STATUS, status.name());
        return this;
    }

    /** @param value null to remove the attribute */
    JobChange set(String field, Object value) {
        return set(field, field, value);
    }

    JobChange setAll(Map<String, ?> values) {
        values.forEach(this::set);
        return this;
    }

    /** @param record null to remove it */
    JobChange step(String id, StepRecord record) {
        return set(JobFields.STEPS, JobFields.step(id), record);
    }

    private JobChange set(String field, String path, Object value) {
        boolean must = transition.sets().contains(field);
        require(must || transition.maySet().contains(field), "does not set", field);
        require(!must || value != null, "must set", field);
        written.add(field);
        write.set(path, value);
        return this;
    }

    Write write() {
        transition.sets().forEach(field -> require(written.contains(field), "must set", field));
        return write;
    }

    private void require(boolean holds, String what, String field) {
        if (!holds) {
            throw new IllegalStateException("%s %s %s".formatted(transition.word(), what, field));
        }
    }
}
