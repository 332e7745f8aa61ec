package dev.caravan.recovery;

import dev.caravan.job.Counts;
import dev.caravan.job.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Single duties of the reconciler, for tests outside of this package. */
public final class RecoveryPuppet {
    private RecoveryPuppet() {}

    public static void takeBackOverdue(Recovery recovery, Duration age) {
        recovery.takeBack().overdue(age, false);
    }

    public static void removeOldJobs(Jobs jobs, Counts counts, Duration age) {
        TidySettings settings = new TidySettings(
                Duration.ofHours(1), 100, age, age, age, Optional.of(age), Optional.of(age), List.of());
        new OldJobs(jobs, counts, settings, age).run(Errand.byHand(false));
    }
}
