package dev.caravan.recovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Reports what one run of a maintenance task found and did. */
public final class TaskReport {
    /** Maximum number of examples, enough to show what kind of thing was found. */
    static final int MAX_EXAMPLES = 20;

    private final List<String> examples = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private long found;
    private long done;
    private long failed;
    private String cursor;
    private String broken;
    private boolean routine;

    /** Reports something that needs action. */
    public TaskReport found(String what) {
        found++;
        if (examples.size() < MAX_EXAMPLES) {
            examples.add(what);
        }
        return this;
    }

    /**
     * Reports something that needs action, and acts unless this is a dry run.
     *
     * @param seeTo returns whether the action was still needed and is done
     */
    TaskReport found(String what, TaskRun taskRun, BooleanSupplier seeTo) {
        found(what);
        return !taskRun.dryRun() && taskRun.goOn() && seeTo.getAsBoolean() ? done() : this;
    }

    /** Reports that the action on the last one found is done. */
    public TaskReport done() {
        done++;
        return this;
    }

    /** Reports a number of things of one kind that were found and handled, where their names are of no use. */
    public TaskReport handled(long number, String what) {
        if (number > 0) {
            found(what);
            found += number - 1;
            done += number;
        }
        return this;
    }

    public TaskReport error(String what) {
        failed++;
        if (errors.size() < MAX_EXAMPLES) {
            errors.add(what);
        }
        return this;
    }

    /** Reports that the task itself failed, and not only for one thing. */
    TaskReport broken(String why) {
        broken = why;
        return error(why);
    }

    /** Why the task failed; null where it did not. */
    String broken() {
        return broken;
    }

    /** @param next where the next piece begins; null when this one reached the end */
    public TaskReport goOnAt(String next) {
        cursor = next;
        return this;
    }

    /** Marks the run as routine, which needs no record of its own. */
    TaskReport routine() {
        routine = true;
        return this;
    }

    public long found() {
        return found;
    }

    public long doneCount() {
        return done;
    }

    public long failed() {
        return failed;
    }

    public List<String> examples() {
        return List.copyOf(examples);
    }

    public List<String> errors() {
        return List.copyOf(errors);
    }

    String cursor() {
        return cursor;
    }

    boolean worthARecord() {
        return failed > 0 || !routine && (found > 0 || done > 0);
    }

    Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("found", found);
        view.put("done", done);
        view.put("failed", failed);
        view.put("examples", examples());
        view.put("errors", errors());
        return view;
    }
}
