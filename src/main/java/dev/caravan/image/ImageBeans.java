package dev.caravan.image;

import dev.caravan.ffmpeg.FfmpegHealth;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import org.apache.camel.spi.Registry;

/**
 * Binds the beans that the Kamelets for pictures call. {@code MediaBeans} comes first: it finds out which programs can
 * run.
 */
public final class ImageBeans {
    private ImageBeans() {}

    public static void bind(Registry registry, Settings settings, Files files) {
        FfmpegHealth programs = registry.lookupByNameAndType(FfmpegHealth.BEAN, FfmpegHealth.class);
        registry.bind("probePicture", new ProbePicture(files));
        registry.bind("thumbnails", new Thumbnails(files, ImageSettings.of(settings, programs.vips() != null)));
    }
}
