package dev.caravan.media;

import dev.caravan.failure.StepException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes tracks that are not used: in a warning if others are used, in the failure if none is. */
final class LeftOutTracks {
    private static final String CONVERT =
            "Convert the file to common codecs, such as H.264 and AAC, and upload it again.";

    private LeftOutTracks() {}

    /** Returns a sentence; empty if every track is used. */
    static Optional<String> warning(Probe probe) {
        if (probe.leftOut() == null || probe.leftOut().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("Not all tracks are used. Left out: "
                + probe.leftOut().stream().map(LeftOutTracks::named).collect(Collectors.joining(", ")));
    }

    /**
     * @throws StepException permanent {@code MEDIA_ENCRYPTED} or {@code CODEC_UNSUPPORTED} if that is why {@code type} is
     *     missing
     */
    static void explain(Probe probe, String type) {
        List<Probe.LeftOut> missing = Optional.ofNullable(probe.leftOut()).orElse(List.of()).stream()
                .filter(track -> type.isEmpty() || track.type().equals(type))
                .toList();
        missing.stream()
                .filter(track -> track.why().equals("encrypted"))
                .findFirst()
                .ifPresent(track -> {
                    throw StepException.permanent(
                            "MEDIA_ENCRYPTED",
                            "The file is encrypted (DRM), and Caravan has no key: " + named(track),
                            "Upload a copy without encryption.");
                });
        missing.stream()
                .filter(track -> track.why().equals("no-decoder"))
                .findFirst()
                .ifPresent(track -> {
                    throw StepException.permanent(
                            "CODEC_UNSUPPORTED",
                            "The FFmpeg of this worker does not decode the " + named(track),
                            CONVERT);
                });
    }

    /** {@code audio track 2 (mpegh_3d_audio, eng, no decoder)}. */
    private static String named(Probe.LeftOut track) {
        String language = track.language() == null ? "" : ", " + track.language();
        String why =
                switch (track.why()) {
                    case "encrypted" -> ", encrypted";
                    case "no-decoder" -> ", no decoder";
                    default -> "";
                };
        return "%s track %d (%s%s%s)".formatted(track.type(), track.stream(), track.codec(), language, why);
    }
}
