package dev.caravan.media;

import dev.caravan.format.Container;

/**
 * Computes the time that a seek must aim at. In MPEG streams, which have no index, FFmpeg searches for the time and
 * begins with the key frame after it; the frames between that and the time are decoded and dropped.
 */
final class SeekTarget {
    /** Up to here the stream is read from its start. Seconds. */
    private static final double NEAR = 60;
    /** More than the distance between key frames: x264 sets one every 250 frames, broadcasts every second. Frames. */
    private static final double MAX_GROUP = 300;

    private static final double USUAL_RATE = 25;

    private SeekTarget() {}

    /** @return seconds, not later than {@code time} */
    static double before(double time, Probe probe) {
        if (!Container.readBy(probe.container()).timeMayBreak()) {
            return time;
        }
        double rate = probe.video().frameRate() > 0 ? probe.video().frameRate() : USUAL_RATE;
        return time <= NEAR ? 0 : Math.max(0, time - MAX_GROUP / rate);
    }
}
