package dev.caravan;

import dev.caravan.asset.Assets;
import dev.caravan.control.Deletion;
import dev.caravan.http.HttpFeature;
import dev.caravan.intake.Intake;
import dev.caravan.job.Backlog;
import dev.caravan.job.Pipelines;
import dev.caravan.records.Records;
import dev.caravan.settings.Settings;
import dev.caravan.storage.BucketUploads;
import dev.caravan.storage.Files;
import dev.caravan.storage.ObjectLinks;
import dev.caravan.subtitle.SrtFile;
import dev.caravan.upload.UploadBeans;
import dev.caravan.upload.UploadPlaces;
import dev.caravan.upload.presigned.PresignedUploadBeans;
import dev.caravan.upload.tus.TusBeans;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;

/** Assembles the HTTP uploads: forms, tus and announced uploads. */
final class HttpUploads {
    private HttpUploads() {}

    /** The parts that all of them use. */
    record Parts(
            Records records,
            Clock clock,
            Assets assets,
            Intake intake,
            Pipelines pipelines,
            Backlog backlog,
            Files files,
            Deletion deletion) {}

    static List<HttpFeature> of(
            CamelContext context, Settings settings, CloudClients clients, ObjectLinks objectLinks, Parts parts) {
        UploadPlaces places = UploadPlaces.of(settings);
        HttpFeature forms = UploadBeans.bind(
                context.getRegistry(),
                settings,
                context,
                parts.files(),
                parts.assets(),
                parts.intake(),
                parts.pipelines(),
                parts.clock(),
                parts.backlog()::waiting,
                places,
                file -> SrtFile.of(settings).read(file).format());
        BucketUploads bucketUploads = new BucketUploads(clients.s3(), settings.text("caravan.s3.bucket"));
        PresignedUploadBeans.Reception announced = PresignedUploadBeans.bind(
                context,
                settings,
                new PresignedUploadBeans.Parts(
                        parts.records(),
                        parts.clock(),
                        parts.assets(),
                        parts.intake(),
                        parts.pipelines(),
                        parts.files(),
                        bucketUploads,
                        objectLinks,
                        places,
                        parts.backlog()::waiting));
        HttpFeature tus = TusBeans.door(
                context, announced, bucketUploads, parts.records(), parts.assets(), parts.deletion()::delete);
        return List.of(forms, tus, announced.proxy());
    }
}
