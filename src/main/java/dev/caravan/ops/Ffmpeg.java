package dev.caravan.ops;

import java.util.Optional;

/** Tells what FFmpeg there is; the answer does not change while we run. */
public interface Ffmpeg {

    /**
     * One that can be run.
     *
     * @param version as {@code ffmpeg -version} names it
     * @param jail what keeps FFmpeg away from the network and from other files, or {@code none}
     */
    record Found(String version, String jail) {}

    /** Empty when there is none. */
    Optional<Found> find();
}
