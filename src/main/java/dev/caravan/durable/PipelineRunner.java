package dev.caravan.durable;

import dev.caravan.work.JobRunner;
import dev.caravan.work.Place;
import dev.caravan.work.RunningJob;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Sends a claimed job through the route {@code run-job}, which calls its pipeline and completes it. */
public final class PipelineRunner implements JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineRunner.class);
    /** Where run-job's {@code toD} finds the route of the pipeline. */
    private static final String PIPELINE = "caravan.pipeline";

    /** By which logging knows whose log steps they are. */
    private static final String OF_JOB = "of";

    private final CamelContext context;
    private final Catalog catalog;
    private final Clock clock;
    private volatile ProducerTemplate template;

    public PipelineRunner(CamelContext context, Catalog catalog, Clock clock) {
        this.context = context;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public void run(RunningJob run, Place place) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(run.job().source());
        LoadedPipeline version = catalog.loaded(run.pipeline().route());
        exchange.setProperty(PIPELINE, version.route());
        new JobExchange(run, place, version, clock).travelWith(exchange);
        LOG.info(
                "job {}: {} of {} starts (asset {})",
                run.jobId(),
                run.job().pipeline(),
                run.job().source().filename(),
                run.assetId());
        try (MDC.MDCCloseable logged = MDC.putCloseable(OF_JOB, " of job " + run.jobId())) {
            template().send("direct:run-job", exchange);
        }
        if (exchange.getException() != null) {
            throw new IllegalStateException("Route run-job failed", exchange.getException());
        }
    }

    private ProducerTemplate template() {
        if (template == null) {
            template = context.createProducerTemplate();
        }
        return template;
    }
}
