package dev.caravan.media;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * All packets of a file as a pass over it found them: {@code ffprobe -show_entries
 * packet=stream_index,pts_time,dts_time,duration_time -of csv=p=0}. Supplies what headers leave out or get wrong.
 *
 * <p>In MPEG streams the time stamps may start again or jump, as in joined recordings. FFmpeg then continues the time
 * from the packet before (AVFMT_TS_DISCONT in ffmpeg.c), and so does this class.
 */
final class Packets {
    static final Packets NONE = new Packets(false);

    /** Seconds: what an edit list cuts off is listed with negative times. */
    private static final double BEFORE_THE_EDIT = -0.001;

    private final Map<Integer, Track> tracks = new HashMap<>();
    private final boolean broken;

    private Packets(boolean broken) {
        this.broken = broken;
    }

    /** Reads packets of a container whose time stamps are continuous. */
    static Packets parse(String csv) {
        return parse(csv, false);
    }

    /** @param mayBreak true for a container whose time stamps may start again or jump */
    static Packets parse(String csv, boolean mayBreak) {
        Packets packets = new Packets(mayBreak);
        csv.lines().forEach(packets::add);
        packets.tracks.values().forEach(Track::finish);
        return packets;
    }

    boolean known() {
        return !tracks.isEmpty();
    }

    Track track(int stream) {
        return tracks.getOrDefault(stream, new Track());
    }

    /** True if time stamps started again or jumped: then the length that the file claims is worthless. */
    boolean jumped() {
        return tracks.values().stream().anyMatch(track -> track.jumped);
    }

    /** Returns when the first packet of any stream starts, in seconds. */
    double start() {
        return tracks.values().stream().mapToDouble(track -> track.start).min().orElse(0);
    }

    /** Returns when the last packet of any stream ends, in seconds. */
    double end() {
        return tracks.values().stream()
                .filter(track -> track.timed > 0)
                .mapToDouble(track -> track.end)
                .max()
                .orElse(0);
    }

    private void add(String line) {
        String[] fields = line.split(",");
        if (fields.length < 2 || !fields[0].matches("\\d{1,6}")) {
            return;
        }
        double time = ProbeFields.decimal(fields[1], Double.NaN);
        double decoded = fields.length > 3 ? ProbeFields.decimal(fields[2], Double.NaN) : time;
        double duration = fields.length > 2 ? ProbeFields.decimal(fields[fields.length > 3 ? 3 : 2], 0) : 0;
        Track track = tracks.computeIfAbsent(Integer.valueOf(fields[0]), stream -> new Track());
        double moved = time + (broken ? track.moved(decoded, duration) : 0);
        // In MPEG streams this is the clock that wraps.
        if (broken || !(moved < BEFORE_THE_EDIT)) {
            track.add(moved, duration);
        }
    }

    /** The packets of one stream. */
    static final class Track {
        /** No frame is shown for longer, whatever its duration says. Seconds. */
        private static final double MAX_STAND = FileTimes.MAX_STAND;

        /** Beyond these FFmpeg sees another time line (dts_delta_threshold, and a tenth of a second back). Seconds. */
        private static final double MAX_GAP = 10;

        private static final double MAX_BACK = 0.1;

        private double[] times = new double[256];
        private int timed;
        private long count;
        private long lasting;
        private double sum;
        private double start = Double.MAX_VALUE;
        private double expected = Double.NaN;
        private double offset;
        private boolean jumped;
        private double end = -Double.MAX_VALUE;

        long count() {
            return count;
        }

        /** Returns seconds from the first packet's start to the last one's end. */
        double duration() {
            return timed == 0 ? 0 : end - start;
        }

        /** Returns the seconds that all packets last together. */
        double sum() {
            return sum;
        }

        /** Tells whether every packet gives its duration, so that the sum means something. */
        boolean summed() {
            return count > 0 && lasting == count;
        }

        double start() {
            return timed == 0 ? 0 : start;
        }

        /** Returns frames per second on average, 0 if there are too few to say. */
        double rate() {
            return timed < 2 || last() <= start ? 0 : (timed - 1) / (last() - start);
        }

        /** True if all frames are on one grid of time; time stamps that a container rounds to milliseconds still are. */
        boolean constant() {
            double rate = rate();
            for (int i = 0; i < timed && rate > 0; i++) {
                if (Math.abs(times[i] - start - i / rate) > 0.0015) {
                    return false;
                }
            }
            return true;
        }

        /** Returns the seconds that are added to the time stamps from this packet on, so that the time is continuous. */
        private double moved(double decoded, double duration) {
            if (Double.isNaN(decoded)) {
                return offset;
            }
            double gap = decoded + offset - expected;
            if (gap < -MAX_BACK || gap > MAX_GAP) {
                offset -= gap;
                jumped = true;
            }
            expected = decoded + offset + Math.max(0, duration);
            return offset;
        }

        private void add(double time, double duration) {
            count++;
            if (duration > 0 && duration < MAX_STAND) {
                lasting++;
                sum += duration;
            }
            if (Double.isNaN(time)) {
                return;
            }
            if (timed == times.length) {
                times = Arrays.copyOf(times, timed * 2);
            }
            times[timed++] = time;
            start = Math.min(start, time);
            end = Math.max(end, time + (duration > MAX_STAND ? 0 : Math.max(0, duration)));
        }

        private void finish() {
            Arrays.sort(times, 0, timed);
            if (timed > 1 && end <= last()) {
                end = last() + 1 / rate();
            }
        }

        private double last() {
            return times[timed - 1];
        }
    }
}
