package dev.caravan.work;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.job.Job;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides when a job counts as the cause of its workers' deaths. Two deaths under one step make it a suspect; from then on
 * it runs with no other job beside it, each time after a longer wait. It is condemned when its worker died each time it ran
 * alone. A burst of kills from outside that is shorter than all waits together condemns no job.
 *
 * @param waits before each run alone, growing
 */
public record CrashSuspicion(List<Duration> waits) {
    private static final String KEY = "caravan.recovery.suspect-waits";
    private static final int DEATHS_OF_A_SUSPECT = 2;
    private static final int MIN_RUNS_ALONE = 2;

    public CrashSuspicion {
        waits = List.copyOf(waits);
    }

    /** @throws InvalidSetting when there are too few waits, or one is not longer than the one before */
    public static CrashSuspicion of(Settings settings) {
        List<Duration> waits = new ArrayList<>();
        for (String text : settings.list(KEY)) {
            Duration wait = duration(text);
            if (!waits.isEmpty() && wait.compareTo(waits.get(waits.size() - 1)) <= 0) {
                throw refused(text, "each wait must be longer than the one before");
            }
            waits.add(wait);
        }
        if (waits.size() < MIN_RUNS_ALONE) {
            throw refused(
                    settings.find(KEY).orElse(""),
                    "there must be at least two waits with a comma between them, such as 1m,5m,15m");
        }
        return new CrashSuspicion(waits);
    }

    private static Duration duration(String text) {
        try {
            return Settings.toDuration(text);
        } catch (RuntimeException e) {
            throw refused(text, "it must be a list of durations such as 1m,5m,15m");
        }
    }

    private static InvalidSetting refused(String value, String why) {
        return new InvalidSetting(KEY, value, why);
    }

    /** Whether a job must run alone after this number of deaths. */
    static boolean mustBeAlone(int deaths) {
        return deaths >= DEATHS_OF_A_SUSPECT;
    }

    /** The wait before the job runs again after this death. */
    public Duration waitAfter(int deaths) {
        return mustBeAlone(deaths) ? waits.get(deaths - DEATHS_OF_A_SUSPECT) : Duration.ZERO;
    }

    /** Whether one more death of its worker ends the job. */
    public boolean condemns(Job job) {
        return job.crashes() + 1 >= mostDeaths();
    }

    /** The number of deaths under one step that ends a job. */
    public int mostDeaths() {
        return DEATHS_OF_A_SUSPECT + waits.size();
    }

    public Failure verdict(Job job) {
        return new Failure(
                "WORKER_CRASHED",
                FailureKind.PERMANENT,
                job.currentStep(),
                "The worker process died %d times while it ran this step, the last %d times with no other job beside it"
                        .formatted(mostDeaths(), waits.size()),
                "Look for the cause in the worker's log and the kernel's (out of memory?), then retry the job.",
                null);
    }
}
