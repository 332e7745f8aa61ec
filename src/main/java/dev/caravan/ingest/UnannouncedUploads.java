package dev.caravan.ingest;

import dev.caravan.asset.AssetId;
import dev.caravan.asset.Assets;
import dev.caravan.failure.ExceptionText;
import dev.caravan.intake.Intake;
import dev.caravan.storage.BucketListing;
import dev.caravan.storage.MediaFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the bucket with the records, and starts uploads without an event: an event can be lost, an object cannot. */
public final class UnannouncedUploads {
    private static final Logger LOG = LoggerFactory.getLogger(UnannouncedUploads.class);

    private static final int MAX_REMEMBERED = 200_000;

    /** If the route does not run, the call fails immediately. */
    private static final String UPLOADS = "direct:uploads?block=false";

    private final BucketListing bucketListing;
    private final IngestSettings settings;
    private final Assets assets;
    private final Intake intake;
    private final ProducerTemplate template;
    private final SkippedObjects skippedObjects;
    private final boolean announced;
    /** The ids computed from the listing that were checked: in a versioned bucket these differ from the assets' ids. */
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    }));

    /**
     * @param passedOver remembers objects that could not be accepted
     * @param announced whether uploads normally have an event, so that one without it is logged
     */
    public UnannouncedUploads(
            BucketListing bucketListing,
            IngestSettings settings,
            Assets assets,
            Intake intake,
            ProducerTemplate template,
            SkippedObjects skippedObjects,
            boolean announced) {
        this.bucketListing = bucketListing;
        this.settings = settings;
        this.assets = assets;
        this.intake = intake;
        this.template = template;
        this.skippedObjects = skippedObjects;
        this.announced = announced;
    }

    /**
     * The result of one poll.
     *
     * @param started keys of uploads without an event; in a dry run those that would be started
     * @param failed keys that could not be checked, with the reason
     * @param next where to continue; null when every upload was checked
     */
    public record Looked(List<String> started, Map<String, String> failed, String next) {}

    /**
     * Checks some of the uploads in the order of their keys, and starts the unknown ones.
     *
     * @param cursor an earlier poll's {@code next}, or null for the beginning
     * @param most number of objects, at most 1000 of one listing
     */
    public Looked look(String cursor, int most, boolean dryRun) {
        List<String> prefixes = settings.prefixes().stream().sorted().toList();
        int number = cursor == null ? 0 : Integer.parseInt(cursor.substring(0, cursor.indexOf(' ')));
        if (number >= prefixes.size()) {
            return new Looked(List.of(), Map.of(), null);
        }
        String after = cursor == null ? "" : cursor.substring(cursor.indexOf(' ') + 1);
        BucketListing.Page page = bucketListing.page(prefixes.get(number), after.isEmpty() ? null : after, most);
        Looked looked = new Looked(new ArrayList<>(), new LinkedHashMap<>(), next(page, number, prefixes.size()));
        page.objects().forEach(object -> look(object, looked, dryRun));
        return looked;
    }

    private static String next(BucketListing.Page page, int number, int prefixes) {
        if (page.next() != null) {
            return number + " " + page.next();
        }
        return number + 1 < prefixes ? number + 1 + " " : null;
    }

    private void look(BucketListing.Listed object, Looked looked, boolean dryRun) {
        String key = object.key();
        String id = AssetId.of(settings.bucket(), key, null, object.etag(), object.lastModified());
        try {
            boolean upload = settings.ignored(settings.bucket(), key).isEmpty();
            if (upload && !known.contains(id) && assets.find(id).isEmpty() && !stands(object)) {
                start(object, looked, dryRun);
            }
            if (!dryRun && !skippedObjects.has(key)) {
                known.add(id);
            }
        } catch (RuntimeException e) {
            failed(key, e, looked);
        }
    }

    /** When copied onto itself, or in a versioned bucket, an object has another id by the listing than its asset. */
    private boolean stands(BucketListing.Listed object) {
        return object.etag() != null
                && intake.stands(
                        new MediaFile(settings.bucket(), object.key(), object.etag(), object.size(), null, null));
    }

    /** A failure of one object does not end the poll, and is logged once. */
    private void failed(String key, RuntimeException e, Looked looked) {
        String why = ExceptionText.of(e);
        looked.failed().put(key, why);
        if (skippedObjects.add(key, why)) {
            LOG.warn("{} could not be looked at: {}", DisplayKey.of(settings.bucket(), key), why);
        }
    }

    private void start(BucketListing.Listed object, Looked looked, boolean dryRun) {
        String key = object.key();
        if (!dryRun) {
            if (announced && !skippedObjects.has(key)) {
                LOG.info("{} was never announced; starting it", DisplayKey.of(settings.bucket(), key));
            }
            template.sendBody(UPLOADS, List.of(new S3Event(settings.bucket(), key, object.etag(), null)));
        }
        if (!skippedObjects.has(key)) {
            looked.started().add(key);
        }
    }
}
