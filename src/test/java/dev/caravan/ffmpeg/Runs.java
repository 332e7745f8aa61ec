package dev.caravan.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs of the real executor, with the real ffmpeg or a script in its place. */
final class Runs {
    final FakeStep step;
    private final Path folder;
    private String ffmpeg = "ffmpeg";
    private Duration timeout = Duration.ofSeconds(60);
    private Duration stall = Duration.ofSeconds(60);
    private long memory;
    private boolean jail = true;

    Runs(Path folder) {
        this.folder = folder;
        this.step = new FakeStep(folder);
    }

    Runs timeout(Duration value) {
        timeout = value;
        return this;
    }

    Runs stall(Duration value) {
        stall = value;
        return this;
    }

    Runs memory(long value) {
        memory = value;
        return this;
    }

    Runs withoutJail() {
        jail = false;
        return this;
    }

    /** Lets a shell script stand in for ffmpeg. */
    Runs script(String body) throws IOException {
        Path script =
                Files.writeString(folder.resolve("fake-ffmpeg"), "#!/bin/sh\n[ \"$1\" = -version ] && exit 0\n" + body);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        ffmpeg = script.toString();
        return this;
    }

    FfmpegExecutor executor() {
        ChildStarter starter = new ChildStarter();
        return new FfmpegExecutor(settings(), confinement(settings(), starter), starter);
    }

    boolean jailed() {
        return confinement(settings(), new ChildStarter()).jailed();
    }

    private FfmpegSettings settings() {
        return new FfmpegSettings(ffmpeg, "ffprobe", "vips", timeout, stall, memory, 50_000_000, Map.of(), jail);
    }

    FfmpegResult run(FfmpegCall call, String... arguments) throws IOException {
        return run(executor(), call, arguments);
    }

    FfmpegResult run(FfmpegExecutor executor, FfmpegCall call, String... arguments) throws IOException {
        List<String> hardened = new HardenedArguments(call.demuxers(), 50_000_000).around("ffmpeg", List.of(arguments));
        return ((FfmpegExecResult) executor.execute(new FfmpegCommand("ffmpeg", hardened, call, step))).outcome();
    }

    static Confinement confinement(FfmpegSettings settings, ChildStarter starter) {
        return Confinement.probe(settings, command -> succeeds(starter, command));
    }

    private static boolean succeeds(ChildStarter starter, List<String> command) {
        try {
            Process process = starter.start(command, Path.of("/tmp"));
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
