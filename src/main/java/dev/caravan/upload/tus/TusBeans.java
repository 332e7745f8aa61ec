package dev.caravan.upload.tus;

import dev.caravan.asset.Assets;
import dev.caravan.http.HttpFeature;
import dev.caravan.records.Records;
import dev.caravan.storage.BucketUploads;
import dev.caravan.upload.presigned.CompleteUpload;
import dev.caravan.upload.presigned.PresignedUploadBeans;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.function.Suppliers;

/** Builds uploads by tus. */
public final class TusBeans {
    private static final String ROUTE = "direct:complete-upload";

    private TusBeans() {}

    /**
     * Returns the HTTP handlers of tus.
     *
     * @param announced the parts that receive uploads
     * @param delete of an asset, with all its objects
     */
    public static HttpFeature door(
            CamelContext context,
            PresignedUploadBeans.Reception announced,
            BucketUploads bucketUploads,
            Records records,
            Assets assets,
            Consumer<String> delete) {
        Append.Tools tools = new Append.Tools(bucketUploads, records, assets, announced.settings(), announced.folder());
        // Exchanges can be sent to the routes only after these have started.
        Supplier<ProducerTemplate> template = Suppliers.memorize(context::createProducerTemplate);
        TusUploads uploads =
                new TusUploads(announced.announcements(), tools, id -> complete(template.get(), id), delete);
        return new TusHandler(announced.desk(), uploads);
    }

    private static void complete(ProducerTemplate template, String assetId) {
        try {
            template.requestBodyAndHeader(ROUTE, null, CompleteUpload.MEDIA, assetId);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
