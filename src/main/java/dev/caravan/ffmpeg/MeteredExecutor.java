package dev.caravan.ffmpeg;

import dev.caravan.failure.StepException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Locale;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecResult;

/** Counts runs by outcome, and measures how fast media was processed. */
final class MeteredExecutor implements ExecCommandExecutor {
    private static final double[] BUCKETS = {0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64};

    private final ExecCommandExecutor executor;
    private final MeterRegistry meters;
    private final DistributionSummary speed;

    MeteredExecutor(ExecCommandExecutor executor, MeterRegistry meters) {
        this.executor = executor;
        this.meters = meters;
        this.speed = DistributionSummary.builder("caravan.ffmpeg.speed")
                .description("Seconds of media per second, of ffmpeg runs that were completed")
                .baseUnit("ratio")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    @Override
    public ExecResult execute(ExecCommand command) throws IOException {
        long start = System.nanoTime();
        try {
            ExecResult result = executor.execute(command);
            count(command, "completed");
            passed(((FfmpegCommand) command).call(), System.nanoTime() - start);
            return result;
        } catch (StepException e) {
            count(command, e.failure().kind().name().toLowerCase(Locale.ROOT));
            throw e;
        } catch (ProgramExit e) {
            count(command, "failed");
            throw e;
        }
    }

    /** Leaves out ffprobe's calls, which have no length, and short passes, so fast that they would hide a slow encoder. */
    private void passed(FfmpegCall call, long nanos) {
        if (!call.media().isZero() && !call.aside()) {
            speed.record(call.media().toNanos() / Math.max(1.0, nanos));
        }
    }

    private void count(ExecCommand command, String outcome) {
        Counter.builder("caravan.ffmpeg.runs")
                .description("Runs of ffmpeg and ffprobe, by the kind of failure that ended them")
                .tag("program", command.getExecutable())
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
