package dev.caravan.ffmpeg;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lists the codecs that the FFmpeg of this process decodes, by its names. A codec may have a name and no decoder.
 *
 * @param codecs empty where FFmpeg did not list them: then everything counts as decodable
 */
public record Decoders(Set<String> codecs) {
    /** Name of this bean in the registry. */
    public static final String BEAN = "ffmpegDecoders";

    public static final Decoders UNTOLD = new Decoders(Set.of());

    /** {@code  DEV.LS h264  H.264 / AVC (decoders: ...)}: the first letter marks a decoder. */
    private static final Pattern LINE = Pattern.compile("(?m)^ D[E.][VASDT.][I.][L.][S.] (\\S+)");

    public Decoders {
        codecs = Set.copyOf(codecs);
    }

    /** @param said the output of {@code ffmpeg -codecs}; null when it could not be run */
    static Decoders of(String said) {
        return said == null
                ? UNTOLD
                : new Decoders(
                        LINE.matcher(said).results().map(line -> line.group(1)).collect(Collectors.toSet()));
    }

    public boolean read(String codec) {
        return codecs.isEmpty() ? !codec.equals("unknown") : codecs.contains(codec);
    }
}
