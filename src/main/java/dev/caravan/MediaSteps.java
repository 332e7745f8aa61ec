package dev.caravan;

import dev.caravan.image.ImageBeans;
import dev.caravan.media.EncodedVideo;
import dev.caravan.media.MediaBeans;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import dev.caravan.subtitle.SubtitleBeans;
import dev.caravan.waveform.WaveformBeans;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Binds what the shipped Kamelets call: video, sound, pictures, waveforms and subtitles. */
final class MediaSteps {
    private MediaSteps() {}

    static void bind(CamelContext context, Settings settings, Files files) {
        Registry registry = context.getRegistry();
        EncodedVideo encoded = MediaBeans.bind(registry, settings, files, context);
        ImageBeans.bind(registry, settings, files);
        WaveformBeans.bind(registry, files);
        SubtitleBeans.bind(registry, settings, files, encoded);
    }
}
