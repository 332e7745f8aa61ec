package dev.caravan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The FFmpeg command that a job runs, run by hand: what a job is measured against. */
final class SameCommand {
    private SameCommand() {}

    /** A 1080p clip of noise, which is work for an encoder. */
    static Path clip(Path folder, int seconds) {
        Path clip = folder.resolve("clip.mp4");
        TestMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=1920x1080:rate=30:duration=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:duration=" + seconds,
                "-vf",
                "noise=alls=8:allf=t",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-crf",
                "26",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                clip.toString()));
        return clip;
    }

    /** The arguments of the FFmpeg that encodes now; empty when there is none. Its subtitles are kept for later. */
    static List<String> running() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/ffmpeg"))
                .map(process -> arguments(process.pid()))
                .filter(arguments -> arguments.contains("-filter_complex"))
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> arguments(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"), StandardCharsets.UTF_8);
            Path subtitles = Path.of("/proc", String.valueOf(pid), "cwd", "subtitles.ass");
            String text = Files.exists(subtitles) ? Files.readString(subtitles) : "";
            List<String> arguments = new ArrayList<>(List.of(line.split("\0")));
            if (!text.isEmpty()) {
                Path kept = Files.createTempFile("subtitles", ".ass");
                Files.writeString(kept, text);
                arguments.replaceAll(argument -> argument.replace("ass=subtitles.ass", "ass=" + kept));
            }
            return arguments;
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Runs it on the clip; returns seconds. */
    static double byHand(List<String> recorded, Path clip, Path folder) {
        List<String> command = new ArrayList<>(recorded);
        command.set(command.indexOf("-i") + 1, clip.toString());
        command.set(command.size() - 1, folder.resolve("by-hand.mp4").toString());
        long start = System.nanoTime();
        TestMedia.run(command);
        return (System.nanoTime() - start) / 1e9;
    }
}
