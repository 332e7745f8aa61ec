package dev.caravan.ffmpeg;

/**
 * The state of FFmpeg in health.
 *
 * @param version as {@code ffmpeg -version} names it, such as {@code 5.1.9-0+deb12u1}; null when it cannot be run
 * @param jail the sandbox: {@code bubblewrap} or {@code none}
 * @param vips the version of libvips' command line; null when it cannot be run
 */
public record FfmpegHealth(String version, String jail, String vips) {
    /** Name of this bean in the registry. */
    public static final String BEAN = "ffmpegHealth";

    public boolean available() {
        return version != null;
    }
}
