package dev.caravan.media;

import java.util.List;

/** The tracks that an output must have. */
record Holds(boolean picture, boolean sound) {
    static final List<String> NAMES = List.of("auto", "picture", "sound", "both");

    /** Reads the parameter {@code holds}; {@code auto} means the tracks of the source that the format can hold. */
    static Holds of(Options options, OutputFormat format, Probe source) {
        return switch (options.oneOf("holds", NAMES)) {
            case "picture" -> new Holds(true, false);
            case "sound" -> new Holds(false, true);
            case "both" -> new Holds(true, true);
            default ->
                switch (format.content) {
                    case SOUND -> new Holds(false, true);
                    case ANIMATION, STILL -> new Holds(true, false);
                    case LASTING -> new Holds(source.video() != null, source.audio() != null);
                };
        };
    }
}
