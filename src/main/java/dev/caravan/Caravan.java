package dev.caravan;

import dev.caravan.durable.Lint;
import dev.caravan.durable.PipelinePlan;
import dev.caravan.durable.RouteLint;
import dev.caravan.ffmpeg.CommandLint;
import dev.caravan.ffmpeg.FfmpegHealth;
import dev.caravan.limit.Providers;
import dev.caravan.ops.Provision;
import dev.caravan.settings.Settings;
import dev.caravan.work.WorkerMeters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.DefaultMainShutdownStrategy;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running Caravan. */
public final class Caravan implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Caravan.class);
    private static final int BEATS_PER_LEASE = 6;
    /** How soon a pause that was lifted elsewhere is noticed here. */
    private static final Duration SWITCHES = Duration.ofSeconds(1);

    private static final String ROUTES = "camel.main.routes-include-pattern";
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final Main main = new Main();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Wiring wiring;

    private Caravan() {}

    /**
     * The settings as they would be for a run: application.properties, the user's file, the environment, then overrides.
     */
    public static Settings settings(Map<String, String> overrides) {
        return SettingsSource.before(overrides);
    }

    /**
     * Starts and returns when requests are answered and jobs are taken.
     *
     * @throws dev.caravan.settings.InvalidSetting when something is set or missing that it cannot run with
     */
    public static Caravan start(Map<String, String> overrides) throws Exception {
        return start(overrides, TestSeams.REAL);
    }

    static Caravan start(Map<String, String> overrides, TestSeams testSeams) throws Exception {
        Caravan caravan = new Caravan();
        try {
            caravan.open(overrides, testSeams);
            return caravan;
        } catch (Exception e) {
            caravan.close();
            throw e;
        }
    }

    /** Creates what is missing in the cloud, without starting. Returns what was made. */
    public static List<String> provision(Map<String, String> overrides, boolean notifications) {
        List<String> made = new ArrayList<>();
        provision(overrides, notifications, made::add);
        return made;
    }

    /**
     * Creates what is missing in the cloud, without starting.
     *
     * @param notifications whether the bucket shall announce its objects, unless Caravan is set to look for them itself
     * @param made is told of each thing once it is made, also where the next one fails
     */
    public static void provision(Map<String, String> overrides, boolean notifications, Consumer<String> made) {
        Settings settings = settings(overrides);
        try (CloudClients clients = CloudClients.of(settings)) {
            Provision provision = new Provision(clients.s3(), clients.dynamo(), clients.sqs(), settings);
            provision.create(made);
            if (notifications && !Boolean.parseBoolean(settings.text("caravan.ingest.poll"))) {
                provision.notifyQueue();
            }
        }
    }

    /**
     * What is wrong in files of pipelines and Kamelets, read without starting.
     *
     * @param files to check; empty for all that a run would load
     */
    public static Lint lint(List<Path> files) throws IOException {
        try (DefaultCamelContext context = OfflineContext.open()) {
            Settings settings = SettingsSource.of(context);
            return Lint.of(
                    context, settings.text(ROUTES), OwnPipelines.folders(settings), files, CommandLint::problems);
        }
    }

    /** The first folder of one's own pipelines, where new ones go. */
    public static Path pipelinesFolder() {
        return Path.of(settings(Map.of()).list(OwnPipelines.KEY).get(0));
    }

    /** What will happen to jobs of each pipeline, read without starting. */
    public static List<PipelinePlan> plans() throws Exception {
        return OfflinePlans.read();
    }

    private void open(Map<String, String> overrides, TestSeams testSeams) throws Exception {
        UnknownSettings.report(System.getenv());
        UnknownSettings.refuseUnknown(System.getenv(), SettingsSource.known());
        Map<String, String> fixed = new HashMap<>(overrides);
        HttpPort.choose(settings(overrides)).ifPresent(port -> fixed.put("caravan.http.port", String.valueOf(port)));
        main.setPropertyPlaceholderLocations(SettingsSource.LOCATIONS);
        fixed.forEach(main::addOverrideProperty);
        // When to stop is said from outside, so that running jobs get their grace period first.
        DefaultMainShutdownStrategy ours = new DefaultMainShutdownStrategy(main);
        ours.disableHangupSupport();
        main.setShutdownStrategy(ours);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                wire(starting.getCamelContext(), testSeams);
                testSeams.context().accept(starting.getCamelContext());
            }
        });
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                lint(starting.getCamelContext());
            }

            @Override
            public void afterConfigure(BaseMainSupport starting) {
                readPipelines(starting.getCamelContext());
            }
        });
        main.start();
        wiring.taken.check(wiring.catalog.names());
        wiring.limits
                .providers()
                .check(wiring.catalog.providers(), SettingsSource.set(main.getCamelContext(), Providers.PREFIX));
        cautions().forEach(LOG::warn);
        startRoles();
    }

    /** Before the routes start: what comes in then is to find the pipelines that it asks for. */
    private void readPipelines(CamelContext context) {
        wiring.catalog.read(context, CommandLint::problems);
        wiring.pipelines.first(context, wiring.settings.text(ROUTES));
    }

    /** Before Camel reads the same files, whose own words name no file that anybody edits. */
    private static void lint(CamelContext context) {
        RouteLint.check(context, SettingsSource.of(context).text(ROUTES));
    }

    /** What a person should know although all of it works: an open address, a missing jail. */
    public List<String> cautions() {
        return StartupWarnings.of(
                wiring.settings,
                main.getCamelContext().getRegistry().lookupByNameAndType(FfmpegHealth.BEAN, FfmpegHealth.class));
    }

    private void wire(CamelContext context, TestSeams testSeams) {
        wiring = new Wiring(context, testSeams);
        new Provision(wiring.clients.s3(), wiring.clients.dynamo(), wiring.clients.sqs(), wiring.settings).check();
    }

    private void startRoles() {
        List<String> roles = wiring.settings.list("caravan.roles");
        wiring.showPipelines();
        wiring.redis.start();
        wiring.ends.start();
        wiring.switchWatch.start(SWITCHES);
        if (roles.contains("worker")) {
            WorkerMeters.bind(wiring.meters, wiring.worker);
            wiring.recovery.takeBackOwn(wiring.identity.toString());
            wiring.heartbeats.start(
                    wiring.settings.duration("caravan.worker.lease").dividedBy(BEATS_PER_LEASE));
            wiring.idleWorkspaces.start(SWEEP);
            wiring.worker.start();
            wiring.roster.start();
        }
        if (roles.contains("reconciler")) {
            wiring.reconciler.start(wiring.settings.duration("caravan.reconciler.interval"));
            wiring.steering.redriveTimer.start();
        }
        if (Boolean.parseBoolean(wiring.settings.text("caravan.pipelines.reload"))) {
            wiring.pipelines.watch(wiring.settings.text(ROUTES));
        }
    }

    /** Where this machine reaches it: {@code http://127.0.0.1:8000}. */
    public String apiUrl() {
        return HttpPort.url(wiring.settings);
    }

    /** Where requests to S3 go, whoever said so. */
    public String s3Endpoint() {
        return wiring.clients.s3Endpoint();
    }

    public String setting(String key) {
        return wiring.settings.find(key).orElse("");
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    Wiring wiring() {
        return wiring;
    }

    /** Returns once {@link #close} was called. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Says that it is not ready, takes no new jobs, lets running ones go on for the grace period, gives the rest
     * back, and ends. Requests are answered until then.
     */
    @Override
    public void close() {
        if (wiring != null) {
            wiring.stopping.set(true);
        }
        if (wiring != null) {
            wiring.pipelines.close();
            wiring.switchWatch.close();
            wiring.reconciler.close();
            wiring.steering.redriveTimer.close();
            wiring.worker.close();
            wiring.roster.close();
            wiring.waits.close();
            wiring.live.close();
        }
        main.stop();
        if (wiring != null) {
            wiring.close();
        }
        ended.countDown();
    }
}
