package dev.caravan.media;

import dev.caravan.failure.StepException;
import java.util.Arrays;
import java.util.List;

/** A file format for a copied audio stream: the one that most programs expect for its codec, and Matroska for the rest. */
enum AudioTrack {
    M4A("m4a", "ipod", "mov", "audio/mp4", "aac", "alac"),
    MP3("mp3", "mp3", "mp3", "audio/mpeg", "mp3"),
    OGG("ogg", "ogg", "ogg", "audio/ogg", "opus", "vorbis"),
    FLAC("flac", "flac", "flac", "audio/flac", "flac"),
    WAV("wav", "wav", "wav", "audio/wav", "pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"),
    AMR("3gp", "3gp", "mov", "audio/3gpp", "amr_nb", "amr_wb"),
    MATROSKA("mka", "matroska", "matroska", "audio/x-matroska");

    final String extension;
    /** FFmpeg's name of the muxer that writes it. */
    final String muxer;
    /** FFmpeg's name of the demuxer that reads it. */
    final String demuxer;

    final String contentType;
    private final List<String> codecs;

    AudioTrack(String extension, String muxer, String demuxer, String contentType, String... codecs) {
        this.extension = extension;
        this.muxer = muxer;
        this.demuxer = demuxer;
        this.contentType = contentType;
        this.codecs = List.of(codecs);
    }

    static AudioTrack of(String codec) {
        return Arrays.stream(values())
                .filter(track -> track.codecs.contains(codec))
                .findFirst()
                .orElse(MATROSKA);
    }

    /** @throws StepException transient {@code OUTPUT_INVALID} unless the stream has that codec and those channels */
    static void require(Probe.Audio written, String codec, int channels, int sampleRate) {
        String found = written == null
                ? "no sound"
                : "%s, %d channels, %d Hz".formatted(written.codec(), written.channels(), written.sampleRate());
        String promised = "%s, %d channels, %d Hz".formatted(codec, channels, sampleRate);
        if (!found.equals(promised)) {
            throw StepException.transientFailure(
                            "OUTPUT_INVALID",
                            "FFmpeg reported success, but the sound is not as promised: " + found + " instead of "
                                    + promised,
                            "If it happens again with this file, report it together with the file.")
                    .permanentWhenRepeated();
        }
    }
}
