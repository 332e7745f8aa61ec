package dev.caravan.media;

import dev.caravan.work.StepContext;
import java.util.Locale;

/** Tells of a picture that ends well before the sound: nobody should find it out by watching. */
final class EarlyEnd {
    /** People notice. Seconds. */
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
