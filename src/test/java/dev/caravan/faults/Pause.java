package dev.caravan.faults;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the steps of two-waits do. */
public final class Pause {
    public void take(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
