package dev.caravan.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Recordings whose picture changes on the way. A red square stands in the middle of each part; with every second, the middle
 * of it turns white and the sound beeps.
 */
public final class Turns {
    public static final double PART = 2;
    /** So that the last packet of sound of one part does not reach into the next one. Seconds. */
    private static final double GAP = 0.04;

    private static final int RATE = 48_000;
    private static final String X264 = " -c:v libx264 -preset ultrafast -crf 12 -pix_fmt yuv420p -g 30 ";

    private static final String FIELDS = "-flags +ilme+ildct -top 1 ";

    private Turns() {}

    /**
     * Parts of two seconds, joined as a recorder or {@code cat} joins them.
     *
     * @param name with the ending of a container that FFmpeg copies an MPEG-TS into, or {@code ts}
     * @param shapes of the parts, in order: {@code 640x360}; {@code 640x360@360} for one that is stored 360 wide; {@code
     *     640x360i} for an interlaced one
     */
    public static Path make(Path folder, String name, String... shapes) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        boolean mpeg2 = List.of(shapes).stream().anyMatch(shape -> shape.endsWith("i"));
        for (int i = 0; i < shapes.length; i++) {
            joined.writeBytes(
                    bytes(part(folder.resolve("part-" + i + "-" + name + ".ts"), shapes[i], i * (PART + GAP), mpeg2)));
        }
        try {
            Path stream = Files.write(folder.resolve(name + ".joined.ts"), joined.toByteArray());
            Path file = folder.resolve(name);
            return name.endsWith(".ts")
                    ? Files.move(stream, file)
                    : Clips.make(file, "-i " + stream + " -map 0 -c copy");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The square's width over its height at that second. */
    public static double square(Result result, double second) {
        return square(result.frame(second));
    }

    static double square(Result.Frame frame) {
        int x = frame.width() / 2;
        int y = frame.rgb().length / 3 / frame.width() / 2;
        int[] sides = {
            run(frame, x, y, -1, 0) + run(frame, x, y, 1, 0), run(frame, x, y, 0, -1) + run(frame, x, y, 0, 1)
        };
        return (double) sides[0] / sides[1];
    }

    /** How far each flash is from its beep, in seconds. */
    public static List<Double> apart(Path file) {
        List<Double> beeps = beeps(file);
        return flashes(file).stream()
                .map(flash -> beeps.stream()
                        .map(beep -> beep - flash)
                        .min((a, b) -> Double.compare(Math.abs(a), Math.abs(b)))
                        .orElseThrow())
                .toList();
    }

    private static int run(Result.Frame frame, int x, int y, int right, int down) {
        int steps = 0;
        int height = frame.rgb().length / 3 / frame.width();
        for (int i = x, j = y; i >= 0 && j >= 0 && i < frame.width() && j < height; i += right, j += down) {
            if (frame.component(i, j, 0) < 128 || frame.component(i, j, 1) > 100) {
                break;
            }
            steps++;
        }
        return steps;
    }

    private static Path part(Path file, String shape, double from, boolean mpeg2) {
        String[] sides = shape.replace("i", "").split("[x@]");
        int width = Integer.parseInt(sides[0]);
        int height = Integer.parseInt(sides[1]);
        int side = Math.min(width, height) / 2;
        String picture = "color=0x303060:s=%dx%d:r=30:d=%s,drawbox=%d:%d:%d:%d:red:fill"
                .formatted(width, height, PART, (width - side) / 2, (height - side) / 2, side, side);
        String flash = ",drawbox=%d:%d:8:8:white:fill:enable='lt(mod(t+0.001,1),0.1)'"
                .formatted(width / 2 - 4, height / 2 - 4);
        String stored =
                sides.length > 2 ? ",scale=" + sides[2] + ":" + height + ",setsar=" + width + "/" + sides[2] : "";
        String codec = !mpeg2 ? X264 : " -c:v mpeg2video -b:v 4M -g 15 " + (shape.endsWith("i") ? FIELDS : "");
        List<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", picture + flash + stored));
        arguments.addAll(List.of("-f", "lavfi", "-i"));
        arguments.add("aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.1)':s=" + RATE + ":d=" + PART);
        arguments.addAll(List.of((codec + "-c:a mp2 -output_ts_offset " + from + " -muxdelay 0 -f mpegts")
                .strip()
                .split(" +")));
        return Clips.make(file, arguments);
    }

    private static List<Double> flashes(Path file) {
        byte[] frames = Clips.run(List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-vf",
                "fps=60,crop=2:2,scale=1:1:flags=area,format=rgb24",
                "-f",
                "rawvideo",
                "-"));
        List<Double> times = new ArrayList<>();
        for (int i = 1; i < frames.length / 3; i++) {
            if (white(frames, i) && !white(frames, i - 1)) {
                times.add(i / 60.0);
            }
        }
        return times;
    }

    /** Deinterlacing mixes in some of the next frame. */
    private static boolean white(byte[] frames, int i) {
        return (frames[3 * i + 2] & 0xFF) > 180;
    }

    private static List<Double> beeps(Path file) {
        ByteBuffer samples = ByteBuffer.wrap(Clips.run(List.of(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-vn",
                        "-ac",
                        "1",
                        "-ar",
                        String.valueOf(RATE),
                        "-f",
                        "s16le",
                        "-")))
                .order(ByteOrder.LITTLE_ENDIAN);
        List<Double> times = new ArrayList<>();
        int quiet = RATE;
        for (int i = 0; samples.remaining() >= 2; i++) {
            boolean loud = Math.abs(samples.getShort()) > 4000;
            if (loud && quiet > RATE / 4) {
                times.add((double) i / RATE);
            }
            quiet = loud ? 0 : quiet + 1;
        }
        return times;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
