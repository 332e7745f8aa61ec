package dev.caravan;

import dev.caravan.announce.AnnounceBeans;
import dev.caravan.asset.Assets;
import dev.caravan.control.Deletion;
import dev.caravan.http.Door;
import dev.caravan.intake.Intake;
import dev.caravan.job.Backlog;
import dev.caravan.job.Pipelines;
import dev.caravan.records.Records;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Deposits;
import dev.caravan.storage.Files;
import dev.caravan.storage.Presigned;
import dev.caravan.subtitle.SrtFile;
import dev.caravan.tus.TusBeans;
import dev.caravan.upload.UploadBeans;
import dev.caravan.upload.UploadPlaces;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;

/** The doors through which bytes come over HTTP. */
final class WaysIn {
    private WaysIn() {}

    /** What they have in common. */
    record Parts(
            Records records,
            Clock clock,
            Assets assets,
            Intake intake,
            Pipelines pipelines,
            Backlog backlog,
            Files files,
            Deletion deletion) {}

    static List<Door> of(
            CamelContext context, Settings settings, CloudClients clients, Presigned presigned, Parts parts) {
        UploadPlaces places = UploadPlaces.of(settings);
        Door forms = UploadBeans.bind(
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
        Deposits deposits = new Deposits(clients.s3(), settings.text("caravan.s3.bucket"));
        AnnounceBeans.Reception announced = AnnounceBeans.bind(
                context,
                settings,
                new AnnounceBeans.Parts(
                        parts.records(),
                        parts.clock(),
                        parts.assets(),
                        parts.intake(),
                        parts.pipelines(),
                        parts.files(),
                        deposits,
                        presigned,
                        places,
                        parts.backlog()::waiting));
        Door tus =
                TusBeans.door(context, announced, deposits, parts.records(), parts.assets(), parts.deletion()::delete);
        return List.of(forms, tus, announced.proxy());
    }
}
