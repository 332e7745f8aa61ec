package dev.caravan.upload;

import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What media Kamelets know of a check, which is no step of a job: above all, that it ends when its time is over. */
final class CheckStep implements StepContext {
    private final ReceivedUpload upload;
    private final String owner;
    private final List<Runnable> killers = new CopyOnWriteArrayList<>();
    private volatile boolean aborted;

    CheckStep(ReceivedUpload upload, String owner) {
        this.upload = upload;
        this.owner = owner;
    }

    /** Ends what runs, and what would run after it. */
    void abort() {
        aborted = true;
        killers.forEach(Runnable::run);
    }

    @Override
    public Registration onAbort(Runnable kill) {
        killers.add(kill);
        if (aborted) {
            kill.run();
        }
        return () -> killers.remove(kill);
    }

    @Override
    public boolean aborted() {
        return aborted;
    }

    @Override
    public String jobId() {
        return "upload";
    }

    @Override
    public String assetId() {
        return upload.assetId();
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public String step() {
        return "check";
    }

    @Override
    public long fence() {
        return 0;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Path workspace() {
        return upload.folder().path();
    }

    @Override
    public void progress(double fraction) {
        // Nobody watches a check.
    }

    @Override
    public void timeLimit(Duration limit) {
        // The check has one of its own.
    }

    @Override
    public void warn(String code, String message) {
        // What is good enough is for the job to tell.
    }
}
