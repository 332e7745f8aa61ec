package dev.caravan.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Determines how long streams last. Headers, tags and the file make claims; if packets were counted and disagree, the
 * packets are right.
 *
 * @param file seconds that the file claims, 0 if it does not say
 * @param origin time stamp of the file's start, in seconds
 * @param packets what a pass over the file found, if there was one
 */
record FileTimes(double file, double origin, Packets packets) {
    /** A last frame that is shown for longer is a mistake in the header. Seconds. */
    static final double MAX_STAND = 60;

    /** Some containers only estimate their duration. */
    private static final double INEXACT_SECONDS = 0.5;

    private static final double INEXACT_SOUND = 1;
    private static final double INEXACT_PART = 0.03;

    double start(JsonNode stream) {
        double start = ProbeFields.timestamp(stream, "start_time") - origin;
        return start > 0 && start < 24 * 3600 ? start : 0;
    }

    double duration(JsonNode stream) {
        double counted = counted(stream).duration();
        double told = told(stream);
        boolean wrong = counted > 0 && (packets.jumped() || Math.abs(told - counted) > inexact(told));
        return wrong ? counted : promised(stream);
    }

    /** Returns the length that should be there, in a file that may end early. */
    double promised(JsonNode stream) {
        return overlong(stream) ? counted(stream).duration() : told(stream);
    }

    private static double inexact(double seconds) {
        return Math.max(INEXACT_SECONDS, seconds * INEXACT_PART);
    }

    /**
     * Packets of sound say how long each lasts: if they are more than a second longer than the header says, they are
     * right. If they are shorter, some are missing.
     */
    double soundDuration(JsonNode stream) {
        double told = duration(stream);
        double sum = counted(stream).sum();
        return sum > 0 && counted(stream).summed() && sum - told > INEXACT_SOUND ? sum : told;
    }

    /**
     * True if all the frames are there that the header promises, and end long before it says: the header has the last
     * frame shown for hours.
     */
    boolean overlong(JsonNode stream) {
        long promised = ProbeFields.whole(stream, "nb_frames");
        return promised > 0
                && counted(stream).count() >= promised
                && sparse(promised, told(stream))
                && told(stream) - counted(stream).duration() > MAX_STAND;
    }

    /** True for less than a frame a second: then the time of each frame matters. */
    static boolean sparse(long frames, double seconds) {
        return seconds > MAX_STAND && frames < seconds;
    }

    private Packets.Track counted(JsonNode stream) {
        return packets.track(ProbeFields.integer(stream, "index"));
    }

    private double told(JsonNode stream) {
        return DoubleStream.of(
                        ProbeFields.seconds(stream, "duration"),
                        tagged(stream) - start(stream),
                        counted(stream).duration(),
                        file - start(stream))
                .filter(seconds -> seconds > 0)
                .findFirst()
                .orElse(0);
    }

    /** Matroska counts from 0, whatever the time of the first frame. */
    private double tagged(JsonNode stream) {
        double end = ProbeFields.clock(stream.path("tags").path("DURATION").asText(""));
        return end > origin ? end - origin : end;
    }

    /** Returns the end of the last of the used streams; the file's claim if they do not say. */
    double duration(Probe.Video video, Probe.Audio audio) {
        double end = Stream.of(video == null ? 0 : video.end(), audio == null ? 0 : audio.end())
                .reduce(0.0, Math::max);
        return end > 0 ? end : file;
    }

    /**
     * Returns the part of the promised time that is there, 0 to 1: less than 1 if the data end well before the duration
     * that the file's header gives. Unknown counts as 1.
     */
    double present() {
        double there = packets.end() - packets.start();
        double start = Math.max(0, packets.start());
        double claimed = start < file ? file - start : file;
        boolean complete = claimed - there < inexact(claimed);
        return !packets.known() || packets.jumped() || file == 0 || there <= 0 || complete ? 1 : there / claimed;
    }
}
