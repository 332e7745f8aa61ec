package dev.caravan.ffmpeg;

/**
 * What health says of FFmpeg.
 *
 * @param version as {@code ffmpeg -version} names it, such as {@code 5.1.9-0+deb12u1}; null when it cannot be run
 * @param jail {@code bubblewrap} or {@code none}
 */
public record FfmpegHealth(String version, String jail) {
    /** Name of this bean in the registry. */
    public static final String BEAN = "ffmpegHealth";

    public boolean available() {
        return version != null;
    }
}
