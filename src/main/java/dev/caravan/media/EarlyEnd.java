package dev.caravan.media;

import dev.caravan.work.StepContext;
import java.util.Locale;

/** Warns of a picture that ends well before the sound, so that the owner need not watch the video to find out. */
final class EarlyEnd {
    /** A viewer notices this difference. Seconds. */
    private static final double NOTICEABLE = 3;

    private EarlyEnd() {}

    static void warn(StepContext step, Probe source, MeasuredSound sound) {
        double picture = source.video().end();
        if (sound.present() && picture > 0 && sound.end() - picture > NOTICEABLE) {
            step.warn(
                    "PICTURE_ENDS_EARLY",
                    String.format(
                            Locale.ROOT,
                            "The picture ends at %.1f s, the sound at %.1f s; in between the last picture stands",
                            picture,
                            sound.end()));
        }
    }
}
