package dev.caravan.media;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report of FFmpeg's filters ashowinfo and astats on sound. FFmpeg creates its filters anew whenever the format
 * changes, so each of them reports once for each stretch.
 *
 * @param stretches parts of one format, in their order
 * @param invalid samples that are not numbers
 * @param loudest largest sample, of sound in floating point; 1 is full scale
 */
record SoundReport(List<Stretch> stretches, long invalid, double loudest) {
    /** No recording is so far above full scale: 24 dB. */
    static final double ABSURD = 16;

    /** Seconds. */
    private static final double ONE_FRAME = 0.05;

    private static final Pattern FIRST_FRAME =
            Pattern.compile("n: ?\\d+ .*pts_time:(\\S+) .*fmt:(\\w+) channels:(\\d+) chlayout:(.*?) rate:(\\d+) .*");
    private static final Pattern COUNT = Pattern.compile("Number of (?:NaNs|Infs): (\\S+)");
    private static final Pattern LEVEL = Pattern.compile("(?:Min|Max) level: (\\S+)");

    /** @param lines such as {@code astats_4 Max level: 0.5} */
    static SoundReport of(List<String> lines) {
        List<Stretch> stretches = new ArrayList<>();
        long invalid = 0;
        double loudest = 0;
        for (String line : lines) {
            String said = line.substring(line.indexOf(' ') + 1);
            Matcher frame = FIRST_FRAME.matcher(said);
            Matcher count = COUNT.matcher(said);
            Matcher level = LEVEL.matcher(said);
            if (frame.matches()) {
                stretches.add(Stretch.of(frame));
            } else if (count.matches()) {
                invalid += (long) ProbeFields.decimal(count.group(1), 0);
            } else if (level.matches() && last(stretches).floating()) {
                loudest = Math.max(loudest, Math.abs(ProbeFields.decimal(level.group(1), 0)));
            }
        }
        return new SoundReport(List.copyOf(stretches), invalid, loudest);
    }

    private static Stretch last(List<Stretch> stretches) {
        return stretches.isEmpty() ? Stretch.NONE : stretches.get(stretches.size() - 1);
    }

    boolean changes() {
        return stretches.size() > 1;
    }

    /**
     * Returns the stretches that a listener hears: decoders of MPEG audio give the first frame of another rate the old
     * rate, and FFmpeg a wrong time.
     */
    List<Stretch> audible() {
        List<Stretch> audible = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            boolean frame = i + 1 < stretches.size()
                    && stretches.get(i + 1).start() - stretches.get(i).start() < ONE_FRAME;
            if (!frame && !stretches.get(i).sameFormat(last(audible))) {
                audible.add(stretches.get(i));
            }
        }
        return audible;
    }

    /** True if samples are not numbers, or are impossibly large. */
    boolean broken() {
        return invalid > 0 || loudest > ABSURD;
    }

    /** True if nothing says which channel is which, and their number does not tell it either. */
    boolean discrete() {
        return stretches.stream().anyMatch(Stretch::discrete);
    }

    boolean surround() {
        return stretches.stream().anyMatch(stretch -> stretch.channels > 2 && !stretch.discrete());
    }

    /**
     * A stretch of sound in one format.
     *
     * @param start seconds after the file's start
     * @param format FFmpeg's name of the sample format
     * @param layout FFmpeg's name of the channel layout; empty if nothing says which channel is which
     * @param rate Hz
     */
    record Stretch(double start, String format, int channels, String layout, int rate) {
        private static final Stretch NONE = new Stretch(0, "", 0, "", 0);

        private static Stretch of(Matcher frame) {
            String layout = frame.group(4).matches("\\d+ channels|unknown|ambisonic.*") ? "" : frame.group(4);
            return new Stretch(
                    ProbeFields.decimal(frame.group(1), 0),
                    frame.group(2),
                    Integer.parseInt(frame.group(3)),
                    layout,
                    Integer.parseInt(frame.group(5)));
        }

        private boolean sameFormat(Stretch other) {
            return new Stretch(other.start, format, channels, layout, rate).equals(other);
        }

        boolean floating() {
            return format.startsWith("flt") || format.startsWith("dbl");
        }

        boolean unlabelled() {
            return layout.isEmpty() && channels > 2;
        }

        /** Six and eight channels are nearly always 5.1 and 7.1, and FFmpeg assumes so. */
        boolean discrete() {
            return unlabelled() && channels != 6 && channels != 8;
        }

        @Override
        public String toString() {
            return (layout.isEmpty() ? channels + " channels" : layout) + " " + rate + " Hz";
        }
    }
}
