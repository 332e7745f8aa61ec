package dev.caravan.ffmpeg;

import dev.caravan.failure.StepException;
import java.io.IOException;

/** Names the projects whose programs run here: for messages, and as the prefix of failure codes. */
enum Toolchain {
    FFMPEG("FFmpeg", "ffmpeg", "caravan.ffmpeg.binary"),
    VIPS("libvips", "libvips-tools", "caravan.image.vips-binary");

    private final String label;
    private final String debian;
    private final String setting;

    Toolchain(String label, String debian, String setting) {
        this.label = label;
        this.debian = debian;
        this.setting = setting;
    }

    static Toolchain of(String program) {
        return program.equals(Vips.PROGRAM) ? VIPS : FFMPEG;
    }

    String label() {
        return label;
    }

    /** Returns {@code FFMPEG_TIMEOUT}, {@code VIPS_TIMEOUT}. */
    String code(String word) {
        return name() + "_" + word;
    }

    /** Returns a sentence about FFmpeg with this project's name. */
    String named(String sentence) {
        return sentence.replace("FFmpeg", label);
    }

    StepException missing(IOException cause) {
        return StepException.ours(
                code("MISSING"),
                label + " could not be started: " + cause.getMessage(),
                "Install it (Debian: apt-get install %s), or set %s.".formatted(debian, setting),
                cause);
    }
}
