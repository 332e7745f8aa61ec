package dev.caravan.durable;

import dev.caravan.failure.Failure;
import dev.caravan.job.StepRecord;
import dev.caravan.work.RunningJob;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** The exchange of a run, for tests that end it without a pipeline. */
public final class JobEndPuppet {
    private final JobExchange job;
    private final Exchange exchange;

    /** @param recorded of the step so far */
    public JobEndPuppet(RunningJob run, String step, StepRecord recorded, Clock clock) {
        job = new JobExchange(run, null, null, clock);
        exchange = new DefaultExchange(new DefaultCamelContext());
        job.travelWith(exchange);
        job.begin(step, "print", recorded, null);
        job.nextAttempt();
    }

    public Exchange exchange() {
        return exchange;
    }

    public StepRecord current() {
        return job.current();
    }

    /** The attempt failed, and this is what follows. */
    public JobEndPuppet failed(Failure failure, Duration pause) {
        job.failed(failure);
        DecisionProperties.put(exchange, new RetryDecision(RetryDecision.Next.DEAD, pause), failure);
        return this;
    }

    /** The step is done, and it was the last one. */
    public JobEndPuppet done(Map<String, Object> outputs) {
        StepRecord record = job.finished(outputs);
        job.run().record(job.run().step(), record);
        job.run().leave();
        job.lastStep(job.run().step());
        return this;
    }
}
