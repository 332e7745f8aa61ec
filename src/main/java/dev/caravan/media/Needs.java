package dev.caravan.media;

import dev.caravan.failure.StepException;
import java.util.Locale;
import org.apache.camel.Exchange;

/** What the steps after the probe cannot do without. */
enum Needs {
    PICTURE {
        @Override
        void require(Probe probe) {
            if (probe.video() == null) {
                ANY.require(probe);
                throw StepException.permanent(
                        "NO_VIDEO_STREAM",
                        "The file holds sound only, no picture",
                        "Upload a file with a video track.");
            }
        }
    },
    SOUND {
        @Override
        void require(Probe probe) {
            if (probe.audio() == null) {
                ANY.require(probe);
                throw StepException.permanent(
                        "NO_AUDIO_STREAM",
                        "The file holds a picture only, no sound",
                        "Upload a file with an audio track.");
            }
        }
    },
    ANY {
        @Override
        void require(Probe probe) {
            if (probe.video() == null && probe.audio() == null) {
                throw StepException.permanent(
                        "NO_VIDEO_STREAM",
                        "The file holds neither a picture nor sound that can be decoded",
                        "Upload a file with a video track.");
            }
        }
    };

    /** Exchange property with the Kamelet's parameter. */
    static final String PROPERTY = "probe.needs";

    abstract void require(Probe probe);

    /** A picture, where nothing is said. */
    static Needs of(Exchange exchange) {
        return valueOf(exchange.getProperty(PROPERTY, "picture", String.class).toUpperCase(Locale.ROOT));
    }
}
