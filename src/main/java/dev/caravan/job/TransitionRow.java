package dev.caravan.job;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Builds one row of the table of transitions. */
final class TransitionRow {
    final Set<JobState> from = EnumSet.noneOf(JobState.class);
    final List<JobStatus> statuses = new ArrayList<>();
    final List<TransitionCondition> conditions = new ArrayList<>();
    final Set<String> sets = new LinkedHashSet<>();
    final Set<String> maySet = new LinkedHashSet<>();
    final Set<String> removes = new LinkedHashSet<>();
    final String decides;
    JobState to;
    boolean newFence;
    String event;
    String asset = "";

    private TransitionRow(String decides) {
        this.decides = decides;
    }

    /** @param who the package that decides and its reason, for the documentation */
    static TransitionRow decidedBy(String who) {
        return new TransitionRow(who);
    }

    TransitionRow from(JobState... states) {
        from.addAll(List.of(states));
        return this;
    }

    /** @param written the statuses of which the record gets one; none where the status stays */
    TransitionRow to(JobState state, JobStatus... written) {
        to = state;
        statuses.addAll(List.of(written));
        return this;
    }

    TransitionRow onlyIf(TransitionCondition... all) {
        conditions.addAll(List.of(all));
        return this;
    }

    /** Excludes the run that held the job, and every process that read the record before. */
    TransitionRow newFence() {
        newFence = true;
        return this;
    }

    TransitionRow sets(String... fields) {
        sets.addAll(List.of(fields));
        return this;
    }

    /** @param fields that the change may set, remove or leave alone */
    TransitionRow maySet(String... fields) {
        maySet.addAll(List.of(fields));
        return this;
    }

    TransitionRow removes(String... fields) {
        removes.addAll(List.of(fields));
        return this;
    }

    TransitionRow entersQueue() {
        sets(JobFields.READY, JobFields.LANE, JobFields.DUE_AT);
        return maySet(JobFields.WAITING_FOR);
    }

    TransitionRow leavesQueue() {
        removes.addAll(JobFields.QUEUE_ENTRY);
        return this;
    }

    /** @param name of the event in the job's history */
    TransitionRow tells(String name) {
        event = name;
        return this;
    }

    /** @param becomes the change of the asset in the same transaction, for the documentation */
    TransitionRow asset(String becomes) {
        asset = becomes;
        return this;
    }
}
