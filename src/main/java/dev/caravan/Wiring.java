package dev.caravan;

import dev.caravan.api.ApiBeans;
import dev.caravan.api.PipelinePlans;
import dev.caravan.api.QueueBeans;
import dev.caravan.asset.Assets;
import dev.caravan.control.AssetRepair;
import dev.caravan.control.Cancellation;
import dev.caravan.control.Deletion;
import dev.caravan.control.PauseWatch;
import dev.caravan.control.Purge;
import dev.caravan.control.QueuePauses;
import dev.caravan.durable.Catalog;
import dev.caravan.durable.DurableSteps;
import dev.caravan.durable.JobOutcomeHandler;
import dev.caravan.durable.PipelinePlanner;
import dev.caravan.durable.PipelineReload;
import dev.caravan.durable.PipelineRunner;
import dev.caravan.durable.StepIds;
import dev.caravan.hook.HookBeans;
import dev.caravan.hook.Hooks;
import dev.caravan.http.HttpBeans;
import dev.caravan.http.HttpFeature;
import dev.caravan.imports.ImportBeans;
import dev.caravan.ingest.IngestBeans;
import dev.caravan.ingest.SkippedObjects;
import dev.caravan.intake.EarlierRun;
import dev.caravan.intake.Intake;
import dev.caravan.intake.JobRequests;
import dev.caravan.job.Backlog;
import dev.caravan.job.CompletionWaiters;
import dev.caravan.job.Counters;
import dev.caravan.job.Doorbell;
import dev.caravan.job.JobCompletion;
import dev.caravan.job.Jobs;
import dev.caravan.limit.Limits;
import dev.caravan.live.LiveModule;
import dev.caravan.ops.MetricsBeans;
import dev.caravan.ops.OpsBeans;
import dev.caravan.publish.Publication;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.recovery.MaintenanceTask;
import dev.caravan.recovery.Reconciler;
import dev.caravan.recovery.Recovery;
import dev.caravan.recovery.RecoveryBeans;
import dev.caravan.redis.RedisLink;
import dev.caravan.replicate.ReplicateBeans;
import dev.caravan.settings.RedisAddress;
import dev.caravan.settings.Settings;
import dev.caravan.stats.Queues;
import dev.caravan.stats.Throughput;
import dev.caravan.stats.ThroughputRecorder;
import dev.caravan.stats.Workers;
import dev.caravan.storage.BucketListing;
import dev.caravan.storage.Files;
import dev.caravan.storage.ObjectLinks;
import dev.caravan.storage.S3Files;
import dev.caravan.storage.TransferMeters;
import dev.caravan.stream.StreamHandler;
import dev.caravan.work.CancelledRunCleanup;
import dev.caravan.work.DoorbellListener;
import dev.caravan.work.Heartbeats;
import dev.caravan.work.IdleWorkspaces;
import dev.caravan.work.Worker;
import dev.caravan.work.WorkerIdentity;
import dev.caravan.work.WorkerRegistry;
import dev.caravan.work.WorkerSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Registry;

/** Puts the features together, and names those that routes and Kamelets call. */
final class Wiring implements AutoCloseable {
    final AtomicBoolean stopping = new AtomicBoolean();
    final Settings settings;
    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final CloudClients clients;
    final ObjectLinks presigned;
    final WorkerIdentity identity;
    final Assets assets;
    final Hooks hooks;
    final Records records;
    final JobWiring wired;
    final Jobs jobs;
    final Backlog backlog;
    final RedisLink redis;
    final LiveModule live;
    final Limits limits;
    final Counters counts;
    final Intake intake;
    final Catalog catalog = new Catalog();
    final Worker worker;
    final Heartbeats heartbeats;
    final Recovery recovery;
    final Reconciler reconciler;
    final IdleWorkspaces idleWorkspaces;
    final CompletionWaiters waits;
    final JobRequests orders;
    final Cancellation cancellation;
    final JobCompletion endings;
    final Doorbell doorbell;
    final Deletion deletion;
    final JobControlModule steering;
    final QueuePauses switches;
    final PauseWatch switchWatch;
    final WorkerPipelines taken;
    final PipelineReload pipelines;
    final WorkerRegistry roster;
    final ThroughputRecorder ends;

    Wiring(CamelContext context, TestSeams testSeams) {
        Clock clock = testSeams.clock();
        settings = SettingsSource.of(context);
        clients = testSeams.clients().apply(CloudClients.of(settings, new TransferMeters(meters)));
        presigned = ObjectLinks.of(clients.s3(), CloudClients.pathStyle(settings));
        identity = WorkerIdentity.in(settings.path("caravan.temp"), workerName());
        redis = new RedisLink(RedisAddress.of(settings), "caravan-" + settings.text("caravan.name"));
        live = new LiveModule(settings, redis);
        Tables tables = Tables.of(settings);
        hooks = HookBeans.of(context, clients.dynamo(), tables, clock);
        records = new Records(clients.dynamo(), hooks::with, live.committed().andThen(hooks::written));
        wired = new JobWiring(records, tables, clock, settings.number("caravan.jobs.ready-shards"), meters);
        assets = wired.assets;
        jobs = wired.jobs;
        hooks.tellOf(assets, jobs);
        counts = wired.counts;
        backlog = new Backlog(wired.queue, System::nanoTime);
        doorbell = new Doorbell(clients.sqs(), settings.text("caravan.queue.jobs"));
        waits = new CompletionWaiters(jobs);
        endings = new JobCompletion(wired.writer, jobs, assets, wired.meters, waits::ended);
        Files files = new S3Files(clients.s3(), settings.text("caravan.s3.bucket"));
        intake = wired.intake(doorbell, catalog::maxRetries);
        taken = WorkerPipelines.of(settings);
        WorkerSettings workerSettings = workerSettings();
        switches = new QueuePauses(records, tables, clock, System::nanoTime);
        limits = new Limits(settings, redis, catalog, this::lookAgain);
        worker = new Worker(
                workerSettings,
                wired.waiting(),
                wired.runTransitions,
                clock,
                catalog,
                new PipelineRunner(context, catalog, clock),
                List.of(switches.admission(identity.toString()), limits.pipelines()));
        pipelines = OwnPipelines.of(settings, catalog, () -> worker, this::showPipelines);
        BooleanSupplier drained = () -> switches.now().draining(identity.toString());
        roster = new WorkerRegistry(records, tables, clock, self(workerSettings), worker, drained, System::nanoTime);
        switchWatch = new PauseWatch(switches, worker::look);
        ends = new ThroughputRecorder(records, tables, clock, wired.meters);
        DoorbellListener doorbellListener = new DoorbellListener(worker, () -> !drained.getAsBoolean(), doorbell);
        worker.watchedBy(live.progress(clock));
        live.signal(settings, worker::cancel, waits::ended);
        heartbeats = new Heartbeats(worker::running, wired.journal, redis::up);
        orders = new JobRequests(intake, catalog, new EarlierRun(jobs), files);
        cancellation = new Cancellation(jobs, endings, id -> {
            worker.cancel(id);
            waits.ended(id);
        });
        deletion = new Deletion(jobs, records, tables, clock, assets, counts, cancellation, files);
        steering = new JobControlModule(settings, wired, catalog, doorbell, files);
        recovery = wired.recovery(settings, endings, doorbell, catalog, workerSettings.lease());
        idleWorkspaces = new IdleWorkspaces(worker, workerSettings.workspaces());

        ((ModelCamelContext) context).addModelLifecycleStrategy(new StepIds());
        Registry registry = context.getRegistry();
        registry.bind("s3Client", clients.s3());
        registry.bind("dynamoDbClient", clients.dynamo());
        registry.bind("sqsClient", clients.sqs());
        registry.bind("meters", meters);
        registry.bind("durableSteps", new DurableSteps(wired.journal, meters));
        registry.bind(
                "jobEnd",
                new JobOutcomeHandler(
                        wired.journal, endings, doorbell, new CancelledRunCleanup(jobs, files), () -> worker));
        registry.bind("porter", doorbellListener);
        limits.bind(registry);
        PipelinePlanner pipelinePlanner =
                new PipelinePlanner(catalog, settings, limits.providers()::rate, pipelines::mistakes);
        PipelinePlans.bind(registry, catalog::names, pipelinePlanner::of, pipelines::mistakes);
        registry.bind("whileRoom", new ConditionalPollStrategy(doorbellListener::listens));
        registry.bind("untilStop", new ConditionalPollStrategy(() -> !stopping.get()));
        SkippedObjects skippedObjects = new SkippedObjects();
        IngestBeans.bind(registry, settings, clients.s3(), intake, catalog, clock, meters, skippedObjects);
        registry.bind("publication", new Publication(assets, wired.publishing, files, clock));
        MediaSteps.bind(context, settings, files);
        ImportBeans.bind(context, settings, records, tables, clock, wired.publishing, assets, intake, files);
        IntegratorSteps.bind(context, settings, assets, files, presigned, clock);
        ReplicateBeans.bind(registry, settings, records, tables, clock, assets, counts, intake);
        ApiBeans.Parts parts = new ApiBeans.Parts(
                assets,
                jobs,
                clock,
                orders,
                waits,
                new AssetRepair(jobs, records, assets, counts),
                deletion,
                switches,
                steering.control(cancellation));
        ApiBeans.bind(registry, settings, clients.dynamo(), presigned, parts);
        QueueBeans.Parts queues = new QueueBeans.Parts(
                counts,
                new Queues(catalog, backlog, clock),
                new Workers(records, tables, clock, System::nanoTime),
                new Throughput(records, tables, clock),
                switches,
                new Purge(jobs, records, tables, cancellation, System::nanoTime));
        QueueBeans.bind(registry, catalog, clock, queues);
        BucketListing bucketListing = new BucketListing(clients.s3(), settings.text("caravan.s3.bucket"));
        List<MaintenanceTask> duties = List.of(steering.duty(), IntegratorSteps.duty(hooks));
        reconciler = RecoveryBeans.bind(
                registry,
                settings,
                meters,
                identity.toString(),
                recovery,
                wired.recoveryParts(deletion, bucketListing, clients.dynamo()),
                IngestTasks.of(settings, context, bucketListing, assets, intake, skippedObjects, duties, stopping::get),
                List.of());
        OpsBeans.bind(
                registry,
                settings,
                clients.s3(),
                clients.dynamo(),
                clients.sqs(),
                worker,
                context,
                StartupWarnings.word(settings, switches, identity.toString(), stopping::get),
                IngestTasks.safetyNets(settings, records, tables, registry));
        MetricsBeans.bind(registry, meters, backlog, clock, context);
        List<HttpFeature> doors = new ArrayList<>(HttpUploads.of(
                context,
                settings,
                clients,
                presigned,
                new HttpUploads.Parts(records, clock, assets, intake, catalog, backlog, files, deletion)));
        doors.add(new StreamHandler(settings, assets, presigned, files));
        doors.add(live.door(settings, jobs, records, tables, clock, meters));
        HttpBeans.bind(registry, settings, meters, context, doors);
    }

    private WorkerRegistry.Self self(WorkerSettings worker) {
        return new WorkerRegistry.Self(
                workerName(),
                worker,
                Machine.name().orElse("unknown"),
                ProcessHandle.current().pid(),
                OpsBeans.version(),
                settings.list("caravan.roles"));
    }

    private WorkerSettings workerSettings() {
        int cores = Runtime.getRuntime().availableProcessors();
        int slots = settings.number("caravan.worker.slots");
        return new WorkerSettings(
                identity.toString(),
                settings.number("caravan.worker.concurrency"),
                slots > 0 ? slots : Math.max(1, cores / 2),
                taken.names(),
                settings.path("caravan.temp"),
                settings.duration("caravan.worker.lease"),
                settings.duration("caravan.shutdown.grace"));
    }

    private String workerName() {
        return settings.find("caravan.worker.name").or(Machine::name).orElse("worker");
    }

    void showPipelines() {
        new ShownPipelines(settings, meters, wired.meters, steering.deadIndex, switches, catalog, worker).show();
    }

    private void lookAgain() {
        worker.look();
    }

    @Override
    public void close() {
        heartbeats.close();
        hooks.close();
        limits.close();
        redis.close();
        ends.close();
        idleWorkspaces.close();
        presigned.close();
        clients.close();
        identity.close();
    }
}
