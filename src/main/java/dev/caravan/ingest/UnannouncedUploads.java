package dev.caravan.ingest;

import dev.caravan.asset.AssetId;
import dev.caravan.asset.Assets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Compares the bucket with the records, and starts what no event ever announced: an event can be lost, an object is not. */
public final class UnannouncedUploads {
    private static final Logger LOG = LoggerFactory.getLogger(UnannouncedUploads.class);

    private static final int MOST_REMEMBERED = 200_000;

    private final S3Client s3;
    private final IngestSettings settings;
    private final Assets assets;
    private final ProducerTemplate template;
    /** Ids by the listing that were looked at: in a versioned bucket these are not the assets' own. */
    private final Set<String> looked = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    public UnannouncedUploads(S3Client s3, IngestSettings settings, Assets assets, ProducerTemplate template) {
        this.s3 = s3;
        this.settings = settings;
        this.assets = assets;
        this.template = template;
    }

    /**
     * Looks at every upload, and starts those that are not known.
     *
     * @return whether each could be looked at; otherwise call again
     */
    public boolean start() {
        boolean whole = true;
        for (String prefix : settings.prefixes()) {
            for (S3Object object : s3.listObjectsV2Paginator(
                            request -> request.bucket(settings.bucket()).prefix(prefix))
                    .contents()) {
                whole &= look(object);
            }
        }
        return whole;
    }

    private boolean look(S3Object object) {
        String etag = object.eTag().replace("\"", "");
        String id = AssetId.of(settings.bucket(), object.key(), null, etag, object.lastModified());
        try {
            boolean upload = settings.ignored(settings.bucket(), object.key()).isEmpty();
            if (upload && !looked.contains(id) && assets.find(id).isEmpty()) {
                LOG.info("s3://{}/{} was never announced; starting it", settings.bucket(), object.key());
                template.sendBody("direct:uploads", List.of(new S3Event(settings.bucket(), object.key(), etag, null)));
            }
            looked.add(id);
            return true;
        } catch (CamelExecutionException | SdkException e) {
            LOG.warn("s3://{}/{} could not be looked at: {}", settings.bucket(), object.key(), e.getMessage());
            return false;
        }
    }
}
