package dev.caravan.media;

import dev.caravan.failure.StepException;
import java.util.Locale;

/** Refuses a file that holds next to nothing and claims to last for hours: encoding it would take hours as well. */
public final class SparseMedia {
    /** A slide or a frame of a time lapse may last this long, on average. Seconds. */
    private static final double MAX_STAND = 60;
    /** The rate of sound in the simplest voice codecs. Bytes per second. */
    private static final double MIN_BYTES_A_SECOND = 250;

    private static final double HOUR = 3600;

    private SparseMedia() {}

    /** @throws StepException permanent {@code MEDIA_TOO_SPARSE} */
    public static void refuse(Probe probe) {
        long pictures = probe.video().frames();
        double most = pictures * MAX_STAND + probe.size() / MIN_BYTES_A_SECOND;
        if (pictures > 0 && probe.duration() > most) {
            throw StepException.permanent(
                    "MEDIA_TOO_SPARSE",
                    String.format(
                            Locale.ROOT,
                            "Its %d pictures in %d bytes claim to last %.1f hours; of so little at most %.1f are encoded",
                            pictures,
                            probe.size(),
                            probe.duration() / HOUR,
                            most / HOUR),
                    "Check its time stamps. A slide show needs a picture a minute, or sound.");
        }
    }
}
