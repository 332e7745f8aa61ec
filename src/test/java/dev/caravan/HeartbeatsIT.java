package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.job.Job;
import dev.caravan.work.Puppet;
import dev.caravan.work.RunningJob;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A beat that comes when its job is over. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeartbeatsIT {
    private TestCaravan caravan;
    private Puppet puppet;

    @BeforeAll
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.ENGINE_ONLY);
        changes.put("caravan.roles", "");
        caravan = TestCaravan.start(changes);
        puppet = new Puppet(
                caravan.wiring().wired.runTransitions,
                caravan.wiring().jobs,
                caravan.wiring().endings,
                caravan.wiring().catalog);
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    private RunningJob claimed() {
        Job job = caravan.job(caravan.submit("one-act"));
        return puppet.claim(job, "puppet").orElseThrow();
    }

    @Test
    void who_has_completed_it_is_not_told_that_it_is_in_other_hands() throws Exception {
        RunningJob run = claimed();
        puppet.complete(run, "first", 1);
        puppet.beats(run);
        assertThat(run.aborted()).isFalse();
    }

    @Test
    void whose_job_was_taken_back_ends() throws Exception {
        RunningJob run = claimed();
        assertThat(puppet.takeBack(caravan.job(run.jobId()))).isTrue();
        puppet.beats(run);
        assertThat(run.aborted()).isTrue();
    }

    @Test
    void whose_job_was_cancelled_ends() throws Exception {
        RunningJob run = claimed();
        caravan.wiring().cancellation.cancel(run.jobId(), "the test wants it");
        puppet.beats(run);
        assertThat(run.aborted()).isTrue();
    }
}
