package dev.caravan;

import dev.caravan.api.ApiBeans;
import dev.caravan.api.PipelinePlans;
import dev.caravan.api.QueueBeans;
import dev.caravan.asset.Assets;
import dev.caravan.control.Cancellation;
import dev.caravan.control.Deletion;
import dev.caravan.control.Purge;
import dev.caravan.control.Repair;
import dev.caravan.control.SwitchWatch;
import dev.caravan.control.Switches;
import dev.caravan.durable.Catalog;
import dev.caravan.durable.DurableSteps;
import dev.caravan.durable.JobEnd;
import dev.caravan.durable.PipelineReload;
import dev.caravan.durable.PipelineRunner;
import dev.caravan.durable.Plans;
import dev.caravan.durable.StepIds;
import dev.caravan.hook.HookBeans;
import dev.caravan.hook.Hooks;
import dev.caravan.http.Door;
import dev.caravan.http.HttpBeans;
import dev.caravan.image.ImageBeans;
import dev.caravan.imports.ImportBeans;
import dev.caravan.ingest.IngestBeans;
import dev.caravan.ingest.PassedOver;
import dev.caravan.intake.EarlierRun;
import dev.caravan.intake.Intake;
import dev.caravan.intake.Orders;
import dev.caravan.job.Backlog;
import dev.caravan.job.Counts;
import dev.caravan.job.Doorbell;
import dev.caravan.job.Endings;
import dev.caravan.job.JobWaits;
import dev.caravan.job.Jobs;
import dev.caravan.limit.Limits;
import dev.caravan.live.Live;
import dev.caravan.live.RedisLink;
import dev.caravan.media.EncodedVideo;
import dev.caravan.media.MediaBeans;
import dev.caravan.ops.MetricsBeans;
import dev.caravan.ops.OpsBeans;
import dev.caravan.publish.Publication;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.recovery.Duty;
import dev.caravan.recovery.Reconciler;
import dev.caravan.recovery.Recovery;
import dev.caravan.recovery.RecoveryBeans;
import dev.caravan.replicate.ReplicateBeans;
import dev.caravan.settings.RedisAddress;
import dev.caravan.settings.Settings;
import dev.caravan.stats.EndBook;
import dev.caravan.stats.Queues;
import dev.caravan.stats.Throughput;
import dev.caravan.stats.Workers;
import dev.caravan.storage.Files;
import dev.caravan.storage.Inventory;
import dev.caravan.storage.Presigned;
import dev.caravan.storage.S3Files;
import dev.caravan.storage.TransferMeters;
import dev.caravan.stream.StreamDoor;
import dev.caravan.subtitle.SubtitleBeans;
import dev.caravan.waveform.WaveformBeans;
import dev.caravan.work.Heartbeats;
import dev.caravan.work.IdleWorkspaces;
import dev.caravan.work.Leftovers;
import dev.caravan.work.Porter;
import dev.caravan.work.Roster;
import dev.caravan.work.Worker;
import dev.caravan.work.WorkerIdentity;
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
    final Presigned presigned;
    final WorkerIdentity identity;
    final Assets assets;
    final Hooks hooks;
    final Records records;
    final JobWiring wired;
    final Jobs jobs;
    final Backlog backlog;
    final RedisLink redis;
    final Live live;
    final Limits limits;
    final Counts counts;
    final Intake intake;
    final Catalog catalog = new Catalog();
    final Worker worker;
    final Heartbeats heartbeats;
    final Recovery recovery;
    final Reconciler reconciler;
    final IdleWorkspaces idleWorkspaces;
    final JobWaits waits;
    final Orders orders;
    final Cancellation cancellation;
    final Endings endings;
    final Doorbell doorbell;
    final Deletion deletion;
    final Steering steering;
    final Switches switches;
    final SwitchWatch switchWatch;
    final TakenPipelines taken;
    final PipelineReload pipelines;
    final Roster roster;
    final EndBook ends;

    Wiring(CamelContext context, Surroundings surroundings) {
        Clock clock = surroundings.clock();
        settings = SettingsSource.of(context);
        clients = surroundings.clients().apply(CloudClients.of(settings, new TransferMeters(meters)));
        presigned = Presigned.of(clients.s3(), CloudClients.pathStyle(settings));
        identity = WorkerIdentity.in(settings.path("caravan.temp"), workerName());
        redis = new RedisLink(RedisAddress.of(settings), "caravan-" + settings.text("caravan.name"));
        live = new Live(settings, redis);
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
        waits = new JobWaits(jobs);
        endings = new Endings(wired.writer, jobs, assets, wired.meters, waits::ended);
        Files files = new S3Files(clients.s3(), settings.text("caravan.s3.bucket"));
        intake = wired.intake(doorbell, catalog::maxRetries);
        taken = TakenPipelines.of(settings);
        WorkerSettings workerSettings = workerSettings();
        switches = new Switches(records, tables, clock, System::nanoTime);
        limits = new Limits(settings, redis, catalog, this::lookAgain);
        worker = new Worker(
                workerSettings,
                wired.waiting(),
                wired.runTransitions,
                clock,
                catalog,
                new PipelineRunner(context, catalog, clock),
                List.of(switches.admission(identity.toString()), limits.pipelines()));
        pipelines = OwnPipelines.of(settings, catalog, () -> worker, () -> ShownPipelines.show(this));
        BooleanSupplier drained = () -> switches.now().draining(identity.toString());
        roster = new Roster(records, tables, clock, self(workerSettings), worker, drained, System::nanoTime);
        switchWatch = new SwitchWatch(switches, worker::look);
        ends = new EndBook(records, tables, clock, wired.meters);
        Porter porter = new Porter(worker, () -> !drained.getAsBoolean(), doorbell);
        worker.watchedBy(live.progress(clock));
        live.signal(settings, worker::cancel, waits::ended);
        heartbeats = new Heartbeats(worker::running, wired.journal, redis::up);
        orders = new Orders(intake, catalog, new EarlierRun(jobs), files);
        cancellation = new Cancellation(jobs, endings, id -> {
            worker.cancel(id);
            waits.ended(id);
        });
        deletion = new Deletion(jobs, records, tables, clock, assets, counts, cancellation, files);
        steering = new Steering(settings, wired, catalog, doorbell, files);
        recovery = wired.recovery(settings, endings, doorbell, catalog, workerSettings.lease());
        idleWorkspaces = new IdleWorkspaces(worker, workerSettings.workspaces());

        ((ModelCamelContext) context).addModelLifecycleStrategy(new StepIds());
        Registry registry = context.getRegistry();
        registry.bind("s3Client", clients.s3());
        registry.bind("dynamoDbClient", clients.dynamo());
        registry.bind("sqsClient", clients.sqs());
        registry.bind("meters", meters);
        registry.bind("durableSteps", new DurableSteps(wired.journal, meters));
        registry.bind("jobEnd", new JobEnd(wired.journal, endings, doorbell, new Leftovers(jobs, files), () -> worker));
        registry.bind("porter", porter);
        limits.bind(registry);
        Plans plans = new Plans(catalog, settings, limits.providers()::rate, pipelines::mistakes);
        PipelinePlans.bind(registry, catalog::names, plans::of, pipelines::mistakes);
        registry.bind("whileRoom", new PollWhile(porter::listens));
        registry.bind("untilStop", new PollWhile(() -> !stopping.get()));
        PassedOver passedOver = new PassedOver();
        IngestBeans.bind(registry, settings, clients.s3(), intake, catalog, clock, meters, passedOver);
        registry.bind("publication", new Publication(assets, wired.publishing, files, clock));
        EncodedVideo encoded = MediaBeans.bind(registry, settings, files, context);
        ImageBeans.bind(registry, settings, files);
        WaveformBeans.bind(registry, files);
        SubtitleBeans.bind(registry, settings, files, encoded);
        ImportBeans.bind(context, settings, records, tables, clock, wired.publishing, assets, intake, files);
        IntegratorSteps.bind(context, settings, assets, files, presigned, clock);
        ReplicateBeans.bind(registry, settings, records, tables, clock, assets, counts, intake);
        ApiBeans.Parts parts = new ApiBeans.Parts(
                assets,
                jobs,
                clock,
                orders,
                waits,
                new Repair(jobs, records, assets, counts),
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
        Inventory inventory = new Inventory(clients.s3(), settings.text("caravan.s3.bucket"));
        List<Duty> duties = List.of(steering.duty(), IntegratorSteps.duty(hooks));
        reconciler = RecoveryBeans.bind(
                registry,
                settings,
                meters,
                identity.toString(),
                recovery,
                wired.recoveryParts(deletion, inventory, clients.dynamo()),
                OtherDuties.of(settings, context, inventory, assets, intake, passedOver, duties, stopping::get),
                List.of());
        OpsBeans.bind(
                registry,
                settings,
                clients.s3(),
                clients.dynamo(),
                clients.sqs(),
                worker,
                context,
                Cautions.word(settings, switches, identity.toString(), stopping::get),
                OtherDuties.safetyNets(settings, records, tables, registry));
        MetricsBeans.bind(registry, meters, backlog, clock, context);
        List<Door> doors = new ArrayList<>(WaysIn.of(
                context,
                settings,
                clients,
                presigned,
                new WaysIn.Parts(records, clock, assets, intake, catalog, backlog, files, deletion)));
        doors.add(new StreamDoor(settings, assets, presigned, files));
        doors.add(live.door(settings, jobs, records, tables, clock, meters));
        HttpBeans.bind(registry, settings, meters, context, doors);
    }

    private Roster.Self self(WorkerSettings worker) {
        return new Roster.Self(
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
