package dev.caravan.waveform;

import dev.caravan.storage.Files;
import org.apache.camel.spi.Registry;

/** Binds the beans that the Kamelet for waveforms calls. */
public final class WaveformBeans {
    private WaveformBeans() {}

    public static void bind(Registry registry, Files files) {
        registry.bind("waveform", new Waveform(files));
    }
}
