package dev.caravan.subtitle;

import dev.caravan.media.EncodedVideo;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import org.apache.camel.spi.Registry;

/** Binds the beans that the subtitle Kamelets call. */
public final class SubtitleBeans {
    private SubtitleBeans() {}

    public static void bind(Registry registry, Settings settings, Files files, EncodedVideo encoded) {
        SrtFile srt = SrtFile.of(settings);
        InstalledFonts fonts = new InstalledFonts();
        registry.bind("readSubtitles", new ReadSubtitles(files, srt, settings.list("caravan.ingest.prefixes"), fonts));
        registry.bind("burnSubtitles", new BurnSubtitles(files, SrtFile.own(), encoded, fonts));
        registry.bind("embedSubtitles", new EmbedSubtitles(files, SrtFile.own(), encoded));
    }
}
