package dev.caravan.work;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads named {@code job-1}, {@code job-2}: that name is in every log line of a job. */
final class JobThreads implements ThreadFactory {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "job-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
