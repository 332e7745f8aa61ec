package dev.caravan.ffmpeg;

import java.time.Duration;

/**
 * One report of a running ffmpeg.
 *
 * @param frame frames written so far
 * @param outTime how much media was written
 * @param totalSize bytes written, 0 when unknown
 * @param ended true in the last report
 */
record Progress(long frame, Duration outTime, long totalSize, boolean ended) {

    /** The part of {@code media} that is done, 0 to 1; 0 when its length is unknown. */
    double fractionOf(Duration media) {
        if (ended || media.isZero()) {
            return ended ? 1 : 0;
        }
        return Math.min(1, (double) outTime.toMillis() / media.toMillis());
    }
}
