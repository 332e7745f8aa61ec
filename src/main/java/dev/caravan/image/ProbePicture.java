package dev.caravan.image;

import dev.caravan.media.Probe;
import dev.caravan.media.Sniffer;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;

/** The Java side of probe-file-action: reads a picture's header if the file is a picture. */
public final class ProbePicture {
    /** Exchange property: true if the file is a picture and its probe is complete. */
    static final String FOUND = "probe.picture";

    private final Files files;

    ProbePicture(Files files) {
        this.files = files;
    }

    /** Leaves the variable {@code probe} of a picture; decodes nothing. */
    public void look(Exchange exchange) {
        MediaFile file = exchange.getMessage().getBody(MediaFile.class);
        Path local = files.fetch(file, StepContext.of(exchange).workspace());
        boolean picture = Sniffer.isPicture(local);
        exchange.setProperty(FOUND, picture);
        if (picture) {
            PictureKind kind = PictureKind.of(local);
            exchange.setVariable(
                    Probe.VARIABLE,
                    Map.of(
                            "container", kind.name().toLowerCase(Locale.ROOT),
                            "duration", 0.0,
                            "size", file.size(),
                            "picture", facts(PictureHeader.of(local, kind))));
        }
    }

    private static Map<String, Object> facts(PictureHeader header) {
        return Map.of(
                "coded_width", header.width(),
                "coded_height", header.height(),
                "width", header.size().width(),
                "height", header.size().height(),
                "orientation", header.orientation(),
                "alpha", header.alpha(),
                "cmyk", header.cmyk(),
                "profiled", header.profiled());
    }
}
