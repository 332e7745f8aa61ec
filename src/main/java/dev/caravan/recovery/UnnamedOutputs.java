package dev.caravan.recovery;

import dev.caravan.job.Jobs;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.storage.Inventory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what no record names: outputs of attempts that came to nothing, uploads that died between being stored and being
 * accepted, and what was stored for an asset after its deletion. Names hold a fence that only grows, so what a finished job
 * does not name will never be named.
 */
final class UnnamedOutputs implements Duty {
    private static final Logger LOG = LoggerFactory.getLogger(UnnamedOutputs.class);

    private final Inventory inventory;
    private final Jobs jobs;
    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final TidySettings settings;

    UnnamedOutputs(Inventory inventory, Jobs jobs, Records records, Tables tables, Clock clock, TidySettings settings) {
        this.inventory = inventory;
        this.jobs = jobs;
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "outputs";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public Report run(Errand errand) {
        Report report = new Report();
        Claimants claimants = new Claimants(jobs, records, tables);
        Inventory.Page page = inventory.page(MediaKey.PREFIX, errand.cursor(), settings.page());
        for (Inventory.Listed object : page.objects()) {
            Optional<MediaKey> key = MediaKey.of(object.key());
            if (key.isPresent() && unnamed(object, key.get(), claimants.of(key.get()))) {
                collect(object, key.get(), claimants, errand, report);
            }
        }
        return report.goOnAt(page.next());
    }

    /** Looked at again right before it is removed: a job may have been tried again meanwhile. */
    private void collect(Inventory.Listed object, MediaKey key, Claimants claimants, Errand errand, Report report) {
        report.found(object.key(), errand, () -> {
            if (!unnamed(object, key, claimants.again(key))) {
                return false;
            }
            inventory.remove(object.key());
            LOG.info("removed s3://{}/{}: no record names it", inventory.bucket(), object.key());
            return true;
        });
    }

    private boolean unnamed(Inventory.Listed object, MediaKey key, Claimants.Names names) {
        if (names.busy() || names.name(inventory.bucket(), object.key())) {
            return false;
        }
        Instant before = clock.instant().minus(settings.grace());
        return names.deleted()
                || key.jobId() != null && names.ended().contains(key.jobId())
                || object.lastModified().isBefore(before);
    }
}
