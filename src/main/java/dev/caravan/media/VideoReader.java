package dev.caravan.media;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.failure.StepException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Reads one video stream of ffprobe's JSON. */
final class VideoReader {
    private static final double SLOWEST = 0.1;
    private static final double FASTEST = 480;
    /** Pixels further from square are a mistake in the header. */
    private static final double NARROWEST_PIXEL = 0.1;

    private static final double WIDEST_PIXEL = 10;
    private static final double SAME_RATE = 0.005;
    private static final Pattern DEEP = Pattern.compile("p?(9|10|12|14|16)(le|be)$|^(?:p|y)\\d(10|12|16)");
    private static final Set<String> TOLD = Set.of("bt709", "smpte170m", "bt470bg");
    private static final Set<String> FIELD_ORDERS = Set.of("tt", "bb", "tb", "bt");

    private final JsonNode stream;
    private final FileTimes times;
    private final long inHeader;

    /** @param counted true if the header's count is of frames; that of AVI counts ticks, some of them empty */
    VideoReader(JsonNode stream, FileTimes times, boolean counted) {
        this.stream = stream;
        this.times = times;
        this.inHeader = counted ? ProbeFields.whole(stream, "nb_frames") : 0;
    }

    Probe.Video read(long maxPixels) {
        int codedWidth = ProbeFields.integer(stream, "width");
        int codedHeight = ProbeFields.integer(stream, "height");
        checkSize(codedWidth, codedHeight, maxPixels);
        Orientation orientation = orientation();
        double pixel = ProbeFields.ratio(text("sample_aspect_ratio"), NARROWEST_PIXEL, WIDEST_PIXEL, 1);
        int wide = Math.max(1, (int) Math.round(codedWidth * pixel));
        double duration = times.duration(stream);
        double rate = frameRate(duration);
        return new Probe.Video(
                ProbeFields.integer(stream, "index"),
                text("codec_name"),
                codedWidth,
                codedHeight,
                orientation.onItsSide() ? codedHeight : wide,
                orientation.onItsSide() ? wide : codedHeight,
                orientation.rotation(),
                orientation.mirrored(),
                pixel,
                rate,
                variable(rate),
                frames(times.promised(stream), rate),
                text("pix_fmt"),
                bitDepth(),
                hdr(),
                matrix(codedHeight),
                FIELD_ORDERS.contains(text("field_order")),
                ProbeFields.whole(stream, "bit_rate"),
                times.start(stream),
                duration,
                times.overlong(stream),
                TOLD.contains(text("color_space")));
    }

    private static void checkSize(int width, int height, long maxPixels) {
        if ((long) width * height > maxPixels) {
            throw StepException.permanent(
                    "PICTURE_TOO_LARGE",
                    "The picture has " + width + "x" + height + " pixels; at most " + maxPixels + " are decoded",
                    "Upload a smaller picture, or raise caravan.ffmpeg.max-pixels.");
        }
        if (width == 0 || height == 0) {
            throw StepException.permanent(
                    "MEDIA_UNREADABLE", "The file does not say how large its picture is", "Check that the file plays.");
        }
    }

    private Orientation orientation() {
        return StreamSupport.stream(stream.path("side_data_list").spliterator(), false)
                .map(data -> data.path("displaymatrix").asText(""))
                .filter(matrix -> !matrix.isEmpty())
                .findFirst()
                .map(Orientation::ofMatrix)
                .orElse(Orientation.UPRIGHT);
    }

    private double frameRate(double duration) {
        double average = ProbeFields.ratio(text("avg_frame_rate"), SLOWEST, FASTEST, 0);
        long promised = Math.max(inHeader, tagged());
        if (average > 0 && (counted().rate() == 0 || isSame(average, counted().rate()))) {
            return average;
        } else if (counted().rate() > 0) {
            return counted().rate();
        } else if (promised > 0 && duration > 0) {
            return promised / duration;
        }
        return ProbeFields.ratio(text("r_frame_rate"), SLOWEST, FASTEST, 0);
    }

    private boolean variable(double rate) {
        if (counted().count() > 0) {
            return !counted().constant();
        }
        double smallestStep = ProbeFields.ratio(text("r_frame_rate"), SLOWEST, Double.MAX_VALUE, rate);
        return !isSame(smallestStep, rate);
    }

    private static boolean isSame(double one, double other) {
        return Math.abs(one - other) <= other * SAME_RATE;
    }

    /**
     * Returns the header's count, less the part that an edit list cuts off; or the counted frames, and those that must
     * have followed if the data end early.
     */
    private long frames(double duration, double rate) {
        long byTime = Math.round(duration * rate);
        if (inHeader > 0) {
            return byTime > 0 && !variable(rate) ? Math.min(inHeader, byTime) : inHeader;
        }
        return counted().count() > 0 ? Math.round(counted().count() / times.present()) : tagged();
    }

    /**
     * Reads the count that mkvmerge writes; a program that cuts the file later may leave it unchanged. A hyphen and the
     * language of the tag may follow the name.
     */
    private long tagged() {
        JsonNode tags = stream.path("tags");
        return Math.max(ProbeFields.whole(tags, "NUMBER_OF_FRAMES"), ProbeFields.whole(tags, "NUMBER_OF_FRAMES-eng"));
    }

    private int bitDepth() {
        int raw = ProbeFields.integer(stream, "bits_per_raw_sample");
        Matcher deep = DEEP.matcher(text("pix_fmt"));
        if (deep.find()) {
            return Integer.parseInt(deep.group(1) != null ? deep.group(1) : deep.group(3));
        }
        return raw > 0 && raw <= 8 ? raw : 8;
    }

    private String hdr() {
        return switch (text("color_transfer")) {
            case "arib-std-b67" -> "hlg";
            case "smpte2084" -> "pq";
            default -> "none";
        };
    }

    /**
     * Returns the matrix that players assume if a file names none: BT.2020 for HDR, BT.601 for standard definition, else
     * BT.709.
     */
    private String matrix(int height) {
        return switch (text("color_space")) {
            case "bt709" -> "bt709";
            case "bt2020nc", "bt2020c" -> "bt2020";
            case "smpte170m", "bt470bg", "fcc", "smpte240m" -> "bt601";
            default -> !hdr().equals("none") ? "bt2020" : height > 576 ? "bt709" : "bt601";
        };
    }

    private Packets.Track counted() {
        return times.packets().track(ProbeFields.integer(stream, "index"));
    }

    private String text(String name) {
        return stream.path(name).asText("unknown");
    }
}
