package dev.caravan.ffmpeg;

import dev.caravan.failure.StepException;
import java.io.IOException;

/** Whose programs are run here: what people call them, and how their failure codes begin. */
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

    /** {@code FFMPEG_TIMEOUT}, {@code VIPS_TIMEOUT}. */
    String code(String word) {
        return name() + "_" + word;
    }

    /** A sentence about FFmpeg that holds for all of them. */
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
