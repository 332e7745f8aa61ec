package dev.caravan.media;

import dev.caravan.failure.StepException;
import java.util.List;
import java.util.Locale;

/** The streams without which the steps after the probe cannot run. */
enum RequiredStreams {
    PICTURE {
        @Override
        void require(Probe probe) {
            if (probe.video() == null) {
                ANY.require(probe);
                LeftOutTracks.explain(probe, "video");
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
                LeftOutTracks.explain(probe, "audio");
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
                LeftOutTracks.explain(probe, "");
                throw StepException.permanent(
                        "NO_VIDEO_STREAM",
                        "The file holds neither a picture nor sound that can be decoded",
                        "Upload a file with a video or an audio track.");
            }
        }
    };

    abstract void require(Probe probe);

    static RequiredStreams of(Options options) {
        return valueOf(
                options.oneOf("needs", List.of("picture", "sound", "any")).toUpperCase(Locale.ROOT));
    }
}
