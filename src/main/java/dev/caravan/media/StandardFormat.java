package dev.caravan.media;

import java.util.List;

/**
 * The format of standard video, as the parameters of standardize-video-action define it.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param fps frames per second
 * @param fit {@code blur}, {@code pad} or {@code crop}
 * @param crf constant rate factor of x264 and x265, 0 (lossless) to 51
 * @param preset x264's name of its speed
 * @param codec {@code libx264} or {@code libx265}
 * @param audioBitRate bits per second
 */
record StandardFormat(
        int width, int height, int fps, String fit, int crf, String preset, String codec, int audioBitRate) {
    static final int SAMPLE_RATE = 48_000;
    static final int CHANNELS = 2;

    static StandardFormat of(Options options) {
        EncoderOptions encoderOptions = EncoderOptions.of(options);
        return new StandardFormat(
                options.even("width", 16, 4096),
                options.even("height", 16, 4096),
                options.number("fps", 1, 120),
                options.oneOf("fit", List.of("blur", "pad", "crop")),
                encoderOptions.crf(),
                encoderOptions.preset(),
                encoderOptions.codec(),
                encoderOptions.audioBitRate());
    }

    /** Returns FFmpeg's name of the written codec. */
    String videoCodec() {
        return EncoderOptions.written(codec);
    }

    OutputSpec promise() {
        return new OutputSpec(width, height, videoCodec(), fps);
    }

    /** True if {@code probe} has this format, as far as headers and time stamps tell. */
    boolean isThatOf(Probe probe) {
        Probe.Video video = probe.video();
        return looksStandard(probe)
                && video.codec().equals(videoCodec())
                && video.codedWidth() == width
                && video.codedHeight() == height
                && Math.abs(video.frameRate() - fps) < 0.001
                && !video.variableFrameRate();
    }

    /** True for an MP4 or MOV that may have some standard format, so that a closer look is worth its time. */
    static boolean looksStandard(Probe probe) {
        Probe.Video video = probe.video();
        Probe.Audio audio = probe.audio();
        return probe.container().equals("mov")
                && List.of("h264", "hevc").contains(video.codec())
                && video.pixelFormat().equals("yuv420p")
                && video.hdr().equals("none")
                && video.sampleAspectRatio() == 1
                && video.rotation() == 0
                && !video.mirrored()
                && !video.interlaced()
                && audio != null
                && audio.codec().equals("aac")
                && audio.channels() == CHANNELS
                && audio.sampleRate() == SAMPLE_RATE;
    }
}
