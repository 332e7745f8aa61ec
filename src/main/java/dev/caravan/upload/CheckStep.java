package dev.caravan.upload;

import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The context that media Kamelets get in a check, which is not a step of a job. It ends the check when its time is over. */
final class CheckStep implements StepContext {
    private final ReceivedUpload upload;
    private final String owner;
    private final List<Runnable> killers = new CopyOnWriteArrayList<>();
    private volatile boolean aborted;

    CheckStep(ReceivedUpload upload, String owner) {
        this.upload = upload;
        this.owner = owner;
    }

    /** Ends the running commands, and all that would run after them. */
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
        // A check reports no progress.
    }

    @Override
    public void timeLimit(Duration limit) {
        // The check has its own.
    }

    @Override
    public void warn(String code, String message) {
        // The job warns of doubtful quality, not the check.
    }
}
