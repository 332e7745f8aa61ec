package dev.caravan.recovery;

import dev.caravan.storage.Inventory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** Ends multipart uploads that nobody completed: their parts are seen by nobody and cost as much as if they were. */
final class UnfinishedParts implements Duty {
    private final Inventory inventory;
    private final Clock clock;
    private final TidySettings settings;

    UnfinishedParts(Inventory inventory, Clock clock, TidySettings settings) {
        this.inventory = inventory;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "multipart-uploads";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public Report run(Errand errand) {
        Report report = new Report();
        Instant before = clock.instant().minus(settings.partsAge());
        List<String> prefixes = new ArrayList<>(settings.uploads());
        prefixes.add(MediaKey.PREFIX);
        for (String prefix : prefixes) {
            for (Inventory.Unfinished upload : inventory.unfinished(prefix)) {
                if (upload.lastSign().isBefore(before)) {
                    end(upload, errand, report);
                }
            }
        }
        return report;
    }

    /** One that cannot be ended holds up no other. */
    private void end(Inventory.Unfinished upload, Errand errand, Report report) {
        try {
            report.found(upload.key(), errand, () -> {
                inventory.abort(upload);
                return true;
            });
        } catch (SdkException e) {
            report.error(upload.key() + ": " + e.getMessage());
        }
    }
}
