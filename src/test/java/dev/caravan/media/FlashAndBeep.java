package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Clips in which the picture flashes whenever the sound beeps, and a look at how far the two are apart in the end. */
final class FlashAndBeep {
    /** Seconds from one to the next: thirty frames at 29.97 a second. */
    static final double PERIOD = 1.001;

    private static final int RATE = 48_000;
    private static final int FPS = 30;

    private FlashAndBeep() {}

    /** @param rhythm seconds since the last beep, by the sound's own samples @param filter what is done to the sound */
    static List<String> sources(double seconds, String rhythm, String filter) {
        String flashes = "color=black:s=64x36:r=30000/1001:d=" + seconds
                + ",drawbox=0:0:64:36:white:fill:enable='lt(mod(n,30),4)'"
                // Every other frame is missing, but never the one with which it begins to be white.
                + ",select='not(mod(n,30))+gt(random(1),0.5)'";
        String beeps = "aevalsrc='0.5*sin(2*PI*1000*t)*lt(" + rhythm + ",0.1)':s=44100:d=" + seconds + filter;
        return List.of("-f", "lavfi", "-i", flashes, "-f", "lavfi", "-i", beeps);
    }

    static Path make(Path file, double seconds, String rhythm, String filter, String output) {
        List<String> arguments = new ArrayList<>(sources(seconds, rhythm, filter));
        arguments.addAll(List.of("-map", "0:v", "-map", "1:a", "-vsync", "vfr", "-c:v", "libx264"));
        arguments.addAll(List.of("-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "150"));
        arguments.addAll(List.of(output.strip().split(" +")));
        return Clips.make(file, arguments);
    }

    /** Even sound of 44.1 kHz that begins later than an uneven picture. */
    static Path beginningLater(Path folder, double seconds, double offset) {
        Path plain = make(folder.resolve("even.mp4"), seconds, "mod(t+" + offset + ",1.001)", "", "-c:a aac -b:a 64k");
        return Clips.make(
                folder.resolve("later.mp4"),
                "-i %s -itsoffset %s -i %s -map 0:v -map 1:a -c copy".formatted(plain, offset, plain));
    }

    /** How far each flash is from its beep, in seconds: more than 0 where the beep comes late. */
    static List<Double> apart(Path file) {
        List<Double> flashes = flashes(file);
        List<Double> beeps = beeps(file);
        List<Double> apart = new ArrayList<>();
        for (double flash : flashes) {
            beeps.stream()
                    .map(beep -> beep - flash)
                    .filter(distance -> Math.abs(distance) < PERIOD / 2)
                    .findFirst()
                    .ifPresent(apart::add);
        }
        assertThat(apart.size())
                .as("flashes with a beep, of %d and %d", flashes.size(), beeps.size())
                .isGreaterThanOrEqualTo(Math.min(flashes.size(), beeps.size()) - 1)
                .isPositive();
        return apart;
    }

    private static List<Double> flashes(Path file) {
        byte[] frames = decoded(file, "-vf", "crop=iw:iw*9/16,scale=1:1:flags=area,format=gray", "-f", "rawvideo");
        List<Double> times = new ArrayList<>();
        for (int i = 1; i < frames.length; i++) {
            if ((frames[i] & 0xFF) > 128 && (frames[i - 1] & 0xFF) <= 128) {
                times.add((double) i / FPS);
            }
        }
        return times;
    }

    static List<Double> beeps(Path file) {
        ByteBuffer samples = ByteBuffer.wrap(decoded(file, "-vn", "-ac", "1", "-ar", "48000", "-f", "s16le"))
                .order(ByteOrder.LITTLE_ENDIAN);
        List<Double> times = new ArrayList<>();
        int quiet = RATE;
        for (int i = 0; samples.remaining() >= 2; i++) {
            boolean loud = Math.abs(samples.getShort()) > 6000;
            if (loud && quiet > RATE / 4 && i > 0) {
                times.add((double) i / RATE);
            }
            quiet = loud ? 0 : quiet + 1;
        }
        return times;
    }

    private static byte[] decoded(Path file, String... how) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-i", file.toString()));
        command.addAll(List.of(how));
        command.add("-");
        return Clips.run(command);
    }
}
