package dev.caravan;

import dev.caravan.asset.Assets;
import dev.caravan.control.Deletion;
import dev.caravan.intake.Intake;
import dev.caravan.job.ActiveJobs;
import dev.caravan.job.Counters;
import dev.caravan.job.Doorbell;
import dev.caravan.job.JobCompletion;
import dev.caravan.job.JobMeters;
import dev.caravan.job.JobWriter;
import dev.caravan.job.Jobs;
import dev.caravan.job.Pipelines;
import dev.caravan.job.QueueTransitions;
import dev.caravan.job.ReadyQueue;
import dev.caravan.job.ReadyQueueIndex;
import dev.caravan.job.Removal;
import dev.caravan.job.RunTransitions;
import dev.caravan.job.UnqueuedJobs;
import dev.caravan.records.BatchRead;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.recovery.Recovery;
import dev.caravan.recovery.RecoveryBeans;
import dev.caravan.settings.Settings;
import dev.caravan.storage.BucketListing;
import dev.caravan.work.CrashSuspicion;
import dev.caravan.work.Journal;
import dev.caravan.work.Publishing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The records of assets and jobs, and what changes them, put together. */
final class JobWiring {
    final Records records;
    final Tables tables;
    final Clock clock;
    final Assets assets;
    final Jobs jobs;
    final Counters counts;
    final ReadyQueue queue;
    final JobMeters meters;
    final JobWriter writer;
    final RunTransitions runTransitions;
    final QueueTransitions queueTransitions;
    final Removal removal;
    final ActiveJobs active;
    final UnqueuedJobs stragglers;
    final Journal journal;
    final Publishing publishing;

    /** @param shards of the ready queue */
    JobWiring(Records records, Tables tables, Clock clock, int shards, MeterRegistry registry) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        assets = new Assets(records, tables, clock);
        jobs = new Jobs(records, tables);
        counts = new Counters(records, tables);
        queue = new ReadyQueue(records, tables, clock, shards);
        meters = new JobMeters(registry, clock);
        writer = new JobWriter(records, tables, clock, queue, counts);
        runTransitions = new RunTransitions(writer, jobs);
        queueTransitions = new QueueTransitions(writer, jobs, assets);
        removal = new Removal(writer, jobs);
        active = new ActiveJobs(jobs, records, tables);
        stragglers = new UnqueuedJobs(records, tables, queue, queueTransitions);
        journal = new Journal(runTransitions, jobs);
        publishing = new Publishing(records, runTransitions, assets);
    }

    /** The due jobs, for one thread. */
    ReadyQueueIndex waiting() {
        return new ReadyQueueIndex(queue);
    }

    /** @param maxRetries of a pipeline's steps */
    Intake intake(Doorbell doorbell, ToIntFunction<String> maxRetries) {
        return new Intake(records, tables, clock, queueTransitions, meters, assets, counts, doorbell, maxRetries);
    }

    Recovery recovery(
            Settings settings, JobCompletion jobCompletion, Doorbell doorbell, Pipelines pipelines, Duration lease) {
        Recovery.Parts parts = new Recovery.Parts(
                records, tables, clock, active, runTransitions, jobCompletion, stragglers, queue, doorbell);
        return new Recovery(parts, pipelines, lease, CrashSuspicion.of(settings));
    }

    RecoveryBeans.Parts recoveryParts(Deletion deletion, BucketListing bucketListing, DynamoDbClient dynamo) {
        return new RecoveryBeans.Parts(
                records, tables, clock, jobs, removal, assets, counts, deletion, bucketListing, new BatchRead(dynamo));
    }
}
