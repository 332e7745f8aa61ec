package dev.caravan.job;

import dev.caravan.records.Write;
import java.util.List;

/** A condition on the record as it was read; a change is written only where it holds. */
public enum TransitionCondition {
    SAME_FENCE("same fence") {
        @Override
        void hold(Write write, SeenJob seen) {
            write.where(JobFields.FENCE, seen.fence());
        }
    },
    SAME_STATUS("same status") {
        @Override
        void hold(Write write, SeenJob seen) {
            write.where(JobFields.STATUS, seen.status().name());
        }
    },
    /** The counters move by priority, so it must not change in between. */
    SAME_PRIORITY("same priority") {
        @Override
        void hold(Write write, SeenJob seen) {
            write.where(JobFields.PRIORITY, seen.priority());
        }
    },
    /** The worker has not increased its heartbeat since. */
    SAME_HEARTBEAT("same heartbeat") {
        @Override
        void hold(Write write, SeenJob seen) {
            write.where(JobFields.LEASE_BEAT, seen.beat());
        }
    },
    LEASED("has a lease") {
        @Override
        void hold(Write write, SeenJob seen) {
            write.whereExists(JobFields.LEASE);
        }
    },
    NOT_LEASED("has no lease") {
        @Override
        void hold(Write write, SeenJob seen) {
            write.whereMissing(JobFields.LEASE);
        }
    },
    IN_QUEUE("is in the ready queue") {
        @Override
        void hold(Write write, SeenJob seen) {
            write.whereExists(JobFields.READY);
        }
    },
    DEAD_LETTER("is a dead letter") {
        @Override
        void hold(Write write, SeenJob seen) {
            write.whereExists(JobFields.DEAD);
        }
    };

    private final String text;

    TransitionCondition(String text) {
        this.text = text;
    }

    abstract void hold(Write write, SeenJob seen);

    static Write hold(List<TransitionCondition> conditions, Write write, SeenJob seen) {
        conditions.forEach(condition -> condition.hold(write, seen));
        return write;
    }

    /** The text for {@code docs/job-states.md}. */
    public String text() {
        return text;
    }
}
