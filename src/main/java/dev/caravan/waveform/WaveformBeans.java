package dev.caravan.waveform;

import dev.caravan.storage.Files;
import org.apache.camel.spi.Registry;

/** Puts what the Kamelet for waveforms calls into the registry. */
public final class WaveformBeans {
    private WaveformBeans() {}

    public static void bind(Registry registry, Files files) {
        registry.bind("waveform", new Waveform(files));
    }
}
