package dev.caravan.ffmpeg;

import dev.caravan.ffmpeg.FfmpegResult.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Collects the pictures that a filter {@code showinfo} reports, each where its size or pixel aspect ratio changes:
 * {@code n: 0 pts: 0 pts_time:0 pos: 564 fmt:yuv420p sar:1/1 s:360x640 i:P iskey:1 type:I}.
 */
final class PictureLog {
    private static final int MAX = 1000;
    private static final Pattern FRAME =
            Pattern.compile("pts_time:(-?\\d+(?:\\.\\d+)?) .*\\bsar:(\\d+)/(\\d+) s:(\\d+)x(\\d+) ");

    private final List<Picture> pictures = new ArrayList<>();

    synchronized void accept(String line) {
        if (line.startsWith("[Parsed_showinfo_") && pictures.size() < MAX) {
            Matcher frame = FRAME.matcher(line);
            if (frame.find()) {
                add(new Picture(
                        Double.parseDouble(frame.group(1)),
                        Integer.parseInt(frame.group(4)),
                        Integer.parseInt(frame.group(5)),
                        ratio(frame.group(2), frame.group(3))));
            }
        }
    }

    synchronized List<Picture> pictures() {
        return List.copyOf(pictures);
    }

    private void add(Picture picture) {
        if (pictures.isEmpty() || !picture.looksLike(pictures.get(pictures.size() - 1))) {
            pictures.add(picture);
        }
    }

    /** Returns 1, square pixels, where the ratio is unknown. */
    private static double ratio(String width, String height) {
        double ratio = Double.parseDouble(width) / Double.parseDouble(height);
        return ratio > 0 && Double.isFinite(ratio) ? ratio : 1;
    }
}
