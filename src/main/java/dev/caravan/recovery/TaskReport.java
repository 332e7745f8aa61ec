package dev.caravan.recovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What one run of a duty found and did. */
public final class TaskReport {
    /** Enough to see what kind of thing it was. */
    static final int MAX_EXAMPLES = 20;

    private final List<String> examples = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private long found;
    private long done;
    private long failed;
    private String cursor;
    private String broken;
    private boolean routine;

    /** Something to be seen to. */
    public TaskReport found(String what) {
        found++;
        if (examples.size() < MAX_EXAMPLES) {
            examples.add(what);
        }
        return this;
    }

    /**
     * Something to be seen to, unless the errand is only to look.
     *
     * @param seeTo says whether it was still needed and is done
     */
    TaskReport found(String what, TaskRun taskRun, BooleanSupplier seeTo) {
        found(what);
        return !taskRun.dryRun() && taskRun.goOn() && seeTo.getAsBoolean() ? done() : this;
    }

    /** The last one found was seen to. */
    public TaskReport done() {
        done++;
        return this;
    }

    /** So many things of one kind that were found and seen to, where their names are of no use. */
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

    /** The duty itself came to nothing, and not only for one thing. */
    TaskReport broken(String why) {
        broken = why;
        return error(why);
    }

    /** Why the duty came to nothing; null where it did not. */
    String broken() {
        return broken;
    }

    /** @param next where the next piece begins; null when this one came to the end */
    public TaskReport goOnAt(String next) {
        cursor = next;
        return this;
    }

    /** What it does belongs to every day, and needs no record of its own. */
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
