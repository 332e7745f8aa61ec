package dev.caravan.media;

import dev.caravan.ffmpeg.Decoders;
import dev.caravan.ffmpeg.FfmpegBeans;
import dev.caravan.ffmpeg.ProgramRunner;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Binds the beans that the media Kamelets call, FFmpeg included. */
public final class MediaBeans {
    private MediaBeans() {}

    /** @return the bean with which other features that encode finish their videos; Kamelets call it {@code encodedVideo} */
    public static EncodedVideo bind(Registry registry, Settings settings, Files files, CamelContext context) {
        FfmpegBeans.bind(registry, settings, context);
        check(settings, "caravan.ffmpeg.preset", EncoderOptions.PRESETS);
        check(settings, "caravan.ffmpeg.codec", EncoderOptions.CODECS);
        ProbeReader reader = new ProbeReader(
                settings.bytes("caravan.ffmpeg.max-pixels"),
                registry.lookupByNameAndType(Decoders.BEAN, Decoders.class));
        registry.bind("probeMedia", new ProbeMedia(files, reader, settings.duration("caravan.ffmpeg.max-duration")));
        registry.bind("checkDecoding", new CheckDecoding(files));
        registry.bind("checkSound", new CheckSound(files));
        registry.bind("hashFile", new HashFile(files));
        registry.bind("extractStills", new ExtractStills(files));
        EncodedVideo encoded = new EncodedVideo(files, reader, minIntact(settings));
        registry.bind("encodedVideo", encoded);
        registry.bind("loudness", new Loudness());
        registry.bind("makePreview", new MakePreview(files, reader));
        registry.bind("extractAudio", new ExtractAudio(files, reader, minIntact(settings)));
        registry.bind("compressVideo", new CompressVideo(files, encoded));
        registry.bind(
                "runCommand",
                new RunProgram(files, registry.lookupByNameAndType(ProgramRunner.BEAN, ProgramRunner.class)));
        registry.bind("runFfmpeg", new RunFfmpeg(files, reader, minIntact(settings)));
        registry.bind("standardize", new Standardize(files, encoded, settings.flag("caravan.standardize.remux")));
        return encoded;
    }

    /** Checks the defaults of a Kamelet's parameters: a refusal at start is better than one in every job. */
    private static void check(Settings settings, String key, List<String> allowed) {
        if (!allowed.contains(settings.text(key))) {
            throw new InvalidSetting(key, settings.text(key), "it must be one of " + String.join(", ", allowed));
        }
    }

    private static double minIntact(Settings settings) {
        String key = "caravan.standardize.min-intact";
        double value = settings.decimal(key);
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidSetting(key, settings.text(key), "it must lie between 0 and 1");
        }
        return value;
    }
}
