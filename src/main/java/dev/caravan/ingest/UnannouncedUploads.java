package dev.caravan.ingest;

import dev.caravan.asset.AssetId;
import dev.caravan.asset.Assets;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** Compares the bucket with the records, and starts what no event ever announced: an event can be lost, an object is not. */
public final class UnannouncedUploads {
    private static final Logger LOG = LoggerFactory.getLogger(UnannouncedUploads.class);

    private final S3Client s3;
    private final IngestSettings settings;
    private final Assets assets;
    private final ProducerTemplate template;

    public UnannouncedUploads(S3Client s3, IngestSettings settings, Assets assets, ProducerTemplate template) {
        this.s3 = s3;
        this.settings = settings;
        this.assets = assets;
        this.template = template;
    }

    /** @return how many were found */
    public int start() {
        int found = 0;
        for (String prefix : settings.prefixes()) {
            var objects = s3.listObjectsV2Paginator(
                            request -> request.bucket(settings.bucket()).prefix(prefix))
                    .contents();
            for (var object : objects) {
                String etag = object.eTag().replace("\"", "");
                String id = AssetId.of(settings.bucket(), object.key(), null, etag, object.lastModified());
                boolean upload =
                        settings.ignored(settings.bucket(), object.key()).isEmpty();
                if (upload && assets.find(id).isEmpty()) {
                    LOG.info("s3://{}/{} was never announced; starting it", settings.bucket(), object.key());
                    template.sendBody(
                            "direct:uploads", List.of(new S3Event(settings.bucket(), object.key(), etag, null)));
                    found++;
                }
            }
        }
        return found;
    }
}
