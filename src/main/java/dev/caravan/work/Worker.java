package dev.caravan.work;

import dev.caravan.job.Job;
import dev.caravan.job.Pipelines;
import dev.caravan.job.ReadyQueueIndex;
import dev.caravan.job.RunTransitions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims the first jobs in {@link ClaimOrder} whenever there is room, and runs them. */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final WorkerSettings settings;
    private final Pipelines pipelines;
    private final JobRunner runner;
    private final WorkerCapacity places;
    private final Claimant claimant;
    private final Map<String, RunningJob> running = new ConcurrentHashMap<>();
    private final ExecutorService threads;
    private volatile boolean accepting;
    private volatile boolean moreWaiting;
    private volatile RunListener watcher = run -> {};
    private volatile long heldBackUntil = System.nanoTime();

    /** @param admissions all of which must admit a job */
    public Worker(
            WorkerSettings settings,
            ReadyQueueIndex waiting,
            RunTransitions transitions,
            Clock clock,
            Pipelines pipelines,
            JobRunner runner,
            List<Admission> admissions) {
        this.settings = settings;
        this.pipelines = pipelines;
        this.runner = runner;
        this.places = new WorkerCapacity(settings.concurrency(), settings.slots(), this::lookAgain);
        this.claimant = new Claimant(
                settings,
                waiting,
                transitions,
                clock,
                pipelines,
                admissions,
                places,
                bound -> ThreadLocalRandom.current().nextInt(bound));
        this.threads = Executors.newFixedThreadPool(settings.concurrency(), new JobThreads());
    }

    /** Sets the listener; call it before {@link #start}. */
    public void watchedBy(RunListener newWatcher) {
        watcher = newWatcher;
    }

    public void start() {
        accepting = true;
    }

    /** False before the start, and once a stop was requested. */
    boolean accepting() {
        return accepting;
    }

    /** Whether doorbell messages are useful: a place is free and nothing keeps this worker from claiming. */
    public boolean hasRoom() {
        return accepting && places.free() && System.nanoTime() - heldBackUntil >= 0;
    }

    /**
     * Claims ready jobs until the places are taken or nothing is left that fits. Only one look runs at a time.
     *
     * @return the number of claimed jobs
     */
    public synchronized int look() {
        if (!hasRoom()) {
            moreWaiting = true;
            return 0;
        }
        // A thread that frees a place during this look must not conclude that no jobs wait.
        moreWaiting = true;
        int claimed = claimant.look(this::hasRoom, this::start);
        moreWaiting = claimant.leftSomething() || !hasRoom();
        return claimed;
    }

    private void start(Job job, Place place) {
        Path workspace = settings.workspaces().resolve(job.jobId() + "-" + job.fence());
        RunningJob run = new RunningJob(job, workspace, pipelines, System::nanoTime, watcher);
        running.put(job.jobId(), run);
        watcher.moved(run);
        threads.execute(() -> {
            try (place) {
                runner.run(run, place);
            } catch (RuntimeException e) {
                LOG.error(
                        "job {} ended without a verdict; its lease will run out and it will be taken back",
                        job.jobId(),
                        e);
            } finally {
                running.remove(job.jobId(), run);
                Workspaces.delete(workspace);
            }
        });
    }

    /** Claims nothing for a while: DynamoDB, S3 or the disk is in trouble, and one job after another would only fail. */
    public void holdBack(Duration pause) {
        heldBackUntil = System.nanoTime() + pause.toNanos();
        moreWaiting = true;
    }

    /** Ends the run of a job that was cancelled, if it is on this worker. */
    public void cancel(String jobId) {
        Optional.ofNullable(running.get(jobId)).ifPresent(run -> run.abort(RunningJob.AbortReason.CANCELLED));
    }

    private void lookAgain() {
        boolean fromWithinLook = Thread.holdsLock(this);
        if (moreWaiting && accepting && !fromWithinLook) {
            try {
                lookUnlessDone();
            } catch (RuntimeException e) {
                LOG.warn("could not look for waiting jobs: {}; the next ring or the reconciler will", e.getMessage());
            }
        }
    }

    /** The look that this one had to wait for may have found that nothing is left. */
    private synchronized void lookUnlessDone() {
        if (moreWaiting) {
            look();
        }
    }

    public List<RunningJob> running() {
        return List.copyOf(running.values());
    }

    public int slotsTaken() {
        return places.slotsTaken();
    }

    int slots() {
        return settings.slots();
    }

    int placesTaken() {
        return places.taken();
    }

    int places() {
        return settings.concurrency();
    }

    /** Stops claiming, lets running jobs continue for the grace period, then ends and gives back the rest. */
    @Override
    public void close() {
        stopClaiming();
        try {
            if (!threads.awaitTermination(settings.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info(
                        "ending {} running jobs; they are given back and go on elsewhere or at the next start",
                        running.size());
                running.values().forEach(run -> run.abort(RunningJob.AbortReason.STOPPING));
                threads.awaitTermination(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a look that is under way: a job that was claimed must find a thread to run in. */
    private synchronized void stopClaiming() {
        accepting = false;
        threads.shutdown();
    }
}
