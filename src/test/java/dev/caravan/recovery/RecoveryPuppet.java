package dev.caravan.recovery;

import dev.caravan.job.Jobs;
import dev.caravan.job.Removal;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Single duties of the reconciler, for tests outside of this package. */
public final class RecoveryPuppet {
    private RecoveryPuppet() {}

    public static void takeBackOverdue(Recovery recovery, Duration age) {
        recovery.takeBack().overdue(age, false);
    }

    public static void removeOldJobs(
            Records records, Tables tables, Clock clock, Jobs jobs, Removal removal, Duration age) {
        TidySettings settings = new TidySettings(
                Duration.ofHours(1), 100, age, age, age, Optional.of(age), Optional.of(age), List.of());
        new OldJobs(jobs, removal, OldestByStatus.ofJobs(records, tables), clock, settings, age)
                .run(TaskRun.byHand(false));
    }
}
